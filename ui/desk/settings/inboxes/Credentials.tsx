// The fields a channel asks for, each with where it is found; a secret that is kept is never shown.
import { useId } from "preact/hooks";
import { useLanguage, useWords } from "../../words/words";
import { type ChannelField, madeUp, type Values } from "./inboxes";

interface CredentialsProps {
  fields: readonly ChannelField[];
  values: Values;
  /** Those that are kept already; leaving them empty keeps them. */
  kept?: Record<string, string | null>;
  onValues: (values: Values) => void;
}

export function Credentials({ fields, values, kept = {}, onValues }: CredentialsProps) {
  return (
    <>
      {fields.map((field) => (
        <CredentialInput
          key={field.name}
          field={field}
          value={values[field.name] ?? ""}
          kept={field.name in kept}
          shown={kept[field.name] ?? null}
          onValue={(value) => onValues({ ...values, [field.name]: value })}
        />
      ))}
    </>
  );
}

interface InputProps {
  field: ChannelField;
  value: string;
  kept: boolean;
  shown: string | null;
  onValue: (value: string) => void;
}

function CredentialInput({ field, value, kept, shown, onValue }: InputProps) {
  const t = useWords();
  const own = useLanguage();
  const id = useId();
  const title = field.title[own];
  return (
    <div class="setting">
      <label for={id}>{field.required ? title : t("inboxes.optional", { name: title })}</label>
      <span class="field-beside">
        <input
          id={id}
          class="input"
          type="text"
          autocomplete="off"
          spellcheck={false}
          value={value}
          placeholder={kept ? (shown ?? t("inboxes.kept")) : undefined}
          aria-describedby={field.where ? `${id}-where` : undefined}
          onInput={(event) => onValue(event.currentTarget.value)}
        />
        {field.made_up && (
          <button type="button" class="act" onClick={() => onValue(madeUp())}>
            {t("inboxes.makeUp")}
          </button>
        )}
      </span>
      {field.where && (
        <p class="quiet field-hint" id={`${id}-where`}>
          {field.where[own]}
        </p>
      )}
    </div>
  );
}

/** Whether all that is needed is there and long enough. */
export function areWhole(fields: readonly ChannelField[], values: Values): boolean {
  return fields.every((field) => {
    const length = (values[field.name] ?? "").trim().length;
    return length === 0 ? !field.required : length >= field.shortest;
  });
}

export function Origins({ text, onText }: { text: string; onText: (text: string) => void }) {
  const t = useWords();
  const id = useId();
  return (
    <div class="setting">
      <label for={id}>{t("inboxes.origins")}</label>
      <textarea id={id} class="input" rows={3} value={text} placeholder="https://shop.example" aria-describedby={`${id}-hint`} onInput={(event) => onText(event.currentTarget.value)} />
      <p class="quiet field-hint" id={`${id}-hint`}>
        {t("inboxes.origins.hint")}
      </p>
    </div>
  );
}

export const originsOf = (text: string): string[] => text.split(/[\s,、]+/).filter(Boolean);
