// Choosing an approved template: a list, then its blanks beside what the customer will read.
import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError } from "../../kit/api";
import { newClientId } from "../../kit/ids";
import { Glyph } from "../icons";
import { Dialog } from "../shell/Dialog";
import type { OpenThread } from "../state/open-thread";
import type { Route } from "../wire";
import { useWords, wordOr } from "../words/words";
import { type Blank, filledWords, missingOf, partWords, placeOf, sendTemplate, type Template, templatesOf, type Values, withOffset } from "./templates";

export function TemplateButton({ thread, route }: { thread: OpenThread; route: Route }) {
  const t = useWords();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" id="composer-templates" class="tool" title={t("desk.templates")} onClick={() => setOpen(true)}>
        <Glyph name="note" size={16} />
        <span class="tool-words">{t("desk.templates.short")}</span>
      </button>
      {open && <TemplatePicker thread={thread} route={route} onClose={() => setOpen(false)} />}
    </>
  );
}

interface PickerProps {
  thread: OpenThread;
  route: Route;
  onClose: () => void;
}

function TemplatePicker({ thread, route, onClose }: PickerProps) {
  const t = useWords();
  const [all, setAll] = useState<readonly Template[] | "failed" | null>(null);
  const [chosen, setChosen] = useState<Template | null>(null);
  useEffect(() => {
    templatesOf(thread.id, route.identity).then(setAll, () => setAll("failed"));
  }, [thread, route.identity]);
  return (
    <Dialog title={chosen ? chosen.name : t("desk.templates")} onClose={onClose}>
      {chosen ? (
        <TemplateForm thread={thread} route={route} template={chosen} onBack={() => setChosen(null)} onSent={onClose} />
      ) : (
        <>
          <p class="quiet">{t("desk.templates.why", { address: route.label })}</p>
          {all === null && <p class="quiet">{t("desk.composer.checking")}</p>}
          {all === "failed" && <p class="fault" role="alert">{t("desk.act.failed")}</p>}
          {Array.isArray(all) && all.length === 0 && <p class="quiet">{t("desk.templates.none")}</p>}
          {Array.isArray(all) && (
            <ul class="terms">
              {all.map((one) => (
                <TemplateRow key={`${one.name} ${one.language}`} template={one} onChoose={() => setChosen(one)} />
              ))}
            </ul>
          )}
        </>
      )}
    </Dialog>
  );
}

function TemplateRow({ template, onChoose }: { template: Template; onChoose: () => void }) {
  const t = useWords();
  const why = template.closed && wordOr(t, `desk.templates.closed.${template.closed}`, template.closed);
  return (
    <li class="reply-line">
      <button type="button" class="act template-choice" aria-disabled={Boolean(why)} onClick={() => !why && onChoose()}>
        <span class="item-lines">
          <b>
            {template.name} <span class="quiet">{template.language}</span>
          </b>
          <span class="quiet reply-text">{why ? `${why} ${template.reason}`.trim() : template.body}</span>
        </span>
      </button>
      {template.quality === "red" && <span class="chip">{t("desk.templates.lowQuality")}</span>}
      <span class="chip">{t(`desk.templates.${template.category}`)}</span>
    </li>
  );
}

interface FormProps {
  thread: OpenThread;
  route: Route;
  template: Template;
  onBack: () => void;
  onSent: () => void;
}

function TemplateForm({ thread, route, template, onBack, onSent }: FormProps) {
  const t = useWords();
  const [values, setValues] = useState<Values>(() => Object.fromEntries(template.blanks.map((one) => [one.key, one.value])));
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(false);
  const once = useRef(newClientId());
  const missing = missingOf(template, values);
  const send = async () => {
    setBusy(true);
    setFault("");
    try {
      await sendTemplate(thread, route.identity, template, values, once.current);
      onSent();
    } catch (problem) {
      setFault(problem instanceof ApiError && problem.message ? problem.message : t("desk.act.failed"));
      if (problem instanceof ApiError) void thread.conversation.load();
    }
    setBusy(false);
  };
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (missing.length === 0 && !busy) void send();
      }}
    >
      {template.blanks.map((blank) => (
        <label key={blank.key} class="form-row">
          <BlankName blank={blank} />
          {blank.kind === "moment" ? (
            <input
              class="field"
              type="datetime-local"
              onInput={(event) => setValues({ ...values, [blank.key]: withOffset(event.currentTarget.value) })}
            />
          ) : (
            <input
              class="field"
              maxLength={1024}
              value={values[blank.key] ?? ""}
              placeholder={blank.example}
              onInput={(event) => setValues({ ...values, [blank.key]: event.currentTarget.value })}
            />
          )}
        </label>
      ))}
      <TemplatePreview template={template} values={values} />
      <p class="quiet">{t(`desk.templates.cost.${template.category}`)}</p>
      {fault && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
      <p class="trouble-acts">
        <button type="submit" class="act act-main" aria-disabled={missing.length > 0 || busy}>
          {t("desk.templates.send")}
        </button>
        <button type="button" class="act" onClick={onBack}>
          {t("desk.back.plain")}
        </button>
      </p>
    </form>
  );
}

function BlankName({ blank }: { blank: Blank }) {
  const t = useWords();
  const { card, name } = placeOf(blank.key);
  return (
    <>
      {card > 0 && `${t("desk.templates.card", { number: card })} `}
      {wordOr(t, `desk.templates.blank.${blank.kind}`, name)} {name}
    </>
  );
}

function TemplatePreview({ template, values }: { template: Template; values: Values }) {
  const t = useWords();
  const header = partWords(template, "header", values);
  return (
    <section class="template-preview" aria-label={t("desk.templates.preview")} aria-live="polite">
      {template.media && <p class="quiet">{values["header.media"] || wordOr(t, `desk.templates.blank.${template.media}`, template.media)}</p>}
      {header && <b>{header}</b>}
      {template.offer && <p class="quiet">{[template.offer, values["offer.ends"] && `⏳ ${values["offer.ends"].replace("T", " ")}`].filter(Boolean).join(" ")}</p>}
      <p class="template-words">{partWords(template, "body", values)}</p>
      {template.footer && <p class="quiet">{template.footer}</p>}
      {template.buttons.map((one) => (
        <span key={one.text} class="chip chip-line">
          {one.text}
        </span>
      ))}
      {template.cards.length > 0 && (
        <ol class="template-cards">
          {template.cards.map((card, place) => (
            // A card is its place: nothing else tells two alike apart.
            <li key={`card.${place}`} class="template-card">
              {card.media && (
                <p class="quiet">{values[`card.${place}.media`] || wordOr(t, `desk.templates.blank.${card.media}`, card.media)}</p>
              )}
              <p class="template-words">{filledWords(card.body, `card.${place}.body`, values)}</p>
              {card.buttons.map((one) => (
                <span key={one.text} class="chip chip-line">
                  {one.text}
                </span>
              ))}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
