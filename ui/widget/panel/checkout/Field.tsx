// One labelled field: its hint, or the mistake in its place, tied to it.
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { useCheckoutWords } from "./words";

interface Shared {
  name: string;
  label: string;
  value: string;
  /** What the browser may fill in. */
  auto: string;
  hint?: string;
  optional?: boolean;
  wrong?: string | undefined;
  /** It was filled in for the shopper. */
  filled?: boolean;
  onChange: (value: string) => void;
}

interface FieldProps extends Shared {
  kind?: "text" | "email" | "tel";
  digits?: boolean;
}

export function Field({ kind = "text", digits, ...props }: FieldProps) {
  const { name, value, auto, wrong, filled, optional, onChange } = props;
  const id = useId();
  return (
    <Labelled id={id} {...props}>
      <input
        id={id}
        name={name}
        type={kind as "text"}
        value={value}
        autocomplete={auto as "name"}
        inputMode={digits ? "numeric" : undefined}
        maxLength={200}
        required={!optional}
        class={filled ? "buy-filled" : undefined}
        {...describedBy(id, wrong, props.hint)}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </Labelled>
  );
}

interface SelectProps extends Shared {
  options: [string, string][];
}

export function SelectField({ options, ...props }: SelectProps) {
  const { name, value, auto, wrong, filled, onChange } = props;
  const id = useId();
  return (
    <Labelled id={id} {...props}>
      <select
        id={id}
        name={name}
        value={value}
        autocomplete={auto as "name"}
        required
        class={filled ? "buy-filled" : undefined}
        {...describedBy(id, wrong, props.hint)}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        {options.map(([code, words]) => (
          <option key={code} value={code}>
            {words}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

function describedBy(id: string, wrong: string | undefined, hint: string | undefined) {
  return {
    "aria-invalid": wrong ? (true as const) : undefined,
    "aria-describedby": wrong || hint ? `${id}-told` : undefined,
  };
}

interface LabelledProps extends Shared {
  id: string;
  children: ComponentChildren;
}

function Labelled({ id, label, optional, wrong, hint, children }: LabelledProps) {
  const { t } = useCheckoutWords();
  return (
    <div class={wrong ? "buy-field buy-wrong" : "buy-field"}>
      <label for={id}>
        {label} {optional && <small>{t("optional")}</small>}
      </label>
      {children}
      {(wrong || hint) && (
        <p id={`${id}-told`} class={wrong ? "buy-mistake" : "buy-hint"}>
          {wrong || hint}
        </p>
      )}
    </div>
  );
}
