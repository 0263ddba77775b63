// A form in the thread: labels, hints and mistakes at their fields; loaded with the first form that is shown.
import { useEffect, useId, useMemo, useRef } from "preact/hooks";
import { Icon } from "../../../kit/icons";
import { useValue } from "../../../kit/state";
import { translator } from "../../../kit/translate";
import type { Form, FormField } from "../../../kit/types";
import type { Controller } from "../controller";
import { useWords } from "../words";
import { useFilling } from "./filling";
import "./forms.css";
import en from "./strings/en.json";
import ja from "./strings/ja.json";

interface Props {
  form: Form;
  controller: Controller;
}

export function FormCard({ form, controller }: Props) {
  const { language } = useWords();
  const t = useMemo(() => translator<keyof typeof ja>({ ja, en }[language]), [language]);
  const { messages } = useValue(controller.panel);
  const filling = useFilling(controller, form.asked ?? 0);
  const { phase, wrong } = filling;
  const box = useRef<HTMLFormElement>(null);
  const answered = messages.some((one) => one.content?.type === "form_answer" && one.content.asked === form.asked);
  const count = Object.keys(wrong).length;
  useEffect(() => {
    if (count > 0) box.current?.querySelector<HTMLElement>("[aria-invalid=true], .form-wrong input")?.focus();
  }, [phase]);
  if (answered || phase === "done")
    return (
      <section class="card form-done" aria-label={form.title}>
        <h2>{form.title}</h2>
        <p role="status">
          <Icon name="check" size={16} />
          {form.thanks}
        </p>
      </section>
    );
  const still = phase === "sending" || phase === "waiting";
  return (
    <form
      ref={box}
      class="card form-card"
      aria-label={form.title}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        filling.send();
      }}
    >
      <h2>{form.title}</h2>
      {form.intro && <p class="form-intro">{form.intro}</p>}
      <fieldset class="form-fields" disabled={still || phase === "gone"}>
        {form.fields.map((field) => (
          <Field
            key={field.name}
            field={field}
            values={filling.values[field.name] ?? []}
            optional={t("optional")}
            wrong={wrong[field.name] ? t((wrong[field.name] ?? "required") as keyof typeof ja) : ""}
            put={(values) => filling.put(field.name, values)}
          />
        ))}
      </fieldset>
      <div role="alert" class="form-told">
        {count > 0 && <p class="form-mistake">{t("mend", { n: count })}</p>}
        {phase === "failed" && <p class="form-mistake">{t("failed")}</p>}
        {phase === "gone" && <p class="form-mistake">{t("gone")}</p>}
        {phase === "waiting" && <p>{t("waiting")}</p>}
      </div>
      {phase !== "gone" && (
        <button class="button button-main" type="submit" aria-disabled={phase === "sending"}>
          {phase === "sending" ? t("sending") : phase === "waiting" ? t("again") : form.submit_label}
        </button>
      )}
    </form>
  );
}

interface FieldProps {
  field: FormField;
  values: string[];
  optional: string;
  wrong: string;
  put: (values: string[]) => void;
}

const TYPES: Record<string, "date" | "email" | "tel"> = { date: "date", email: "email", phone: "tel" };
const MODES: Record<string, "decimal" | "email" | "tel"> = { number: "decimal", email: "email", phone: "tel" };

function Field({ field, values, optional, wrong, put }: FieldProps) {
  const id = useId();
  const told = wrong || field.hint || "";
  const note = told && (
    <p id={`${id}-told`} class={wrong ? "form-mistake" : "form-hint"}>
      {told}
    </p>
  );
  const label = (
    <>
      {field.label}
      {field.required === false && <small> {optional}</small>}
    </>
  );
  const described = told ? `${id}-told` : undefined;
  const needed = field.required !== false;
  if (field.kind === "consent")
    return (
      <div class={wrong ? "form-field form-wrong" : "form-field"}>
        <label class="form-choice">
          <input
            type="checkbox"
            checked={values.length > 0}
            required={needed}
            aria-invalid={wrong ? true : undefined}
            aria-describedby={described}
            onChange={(event) => put(event.currentTarget.checked ? ["yes"] : [])}
          />
          <span>{label}</span>
        </label>
        {note}
      </div>
    );
  if (field.kind === "choice" || field.kind === "choices") {
    const many = field.kind === "choices";
    const change = (option: string, on: boolean) => put(many ? (on ? [...values, option] : values.filter((one) => one !== option)) : [option]);
    return (
      <fieldset class={wrong ? "form-field form-wrong" : "form-field"} aria-describedby={described}>
        <legend>{label}</legend>
        {(field.options ?? []).map((option) => (
          <label key={option} class="form-choice">
            <input
              type={many ? "checkbox" : "radio"}
              name={id}
              checked={values.includes(option)}
              onChange={(event) => change(option, event.currentTarget.checked)}
            />
            <span>{option}</span>
          </label>
        ))}
        {note}
      </fieldset>
    );
  }
  const shared = {
    id,
    value: values[0] ?? "",
    required: needed,
    "aria-invalid": wrong ? true : undefined,
    "aria-describedby": described,
    onInput: (event: { currentTarget: HTMLInputElement | HTMLTextAreaElement }) => put([event.currentTarget.value]),
  };
  return (
    <div class={wrong ? "form-field form-wrong" : "form-field"}>
      <label for={id}>{label}</label>
      {field.kind === "long_text" ? (
        <textarea {...shared} rows={4} maxLength={4000} />
      ) : (
        <input {...shared} type={(TYPES[field.kind ?? ""] ?? "text") as "text"} inputMode={MODES[field.kind ?? ""]} maxLength={200} />
      )}
      {note}
    </div>
  );
}
