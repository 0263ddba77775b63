// A labelled line or box of text, and a choice of a few.
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface TextProps {
  label: string;
  value: string;
  onValue: (value: string) => void;
  hint?: string;
  placeholder?: string;
  lines?: number;
  most?: number;
  lang?: string;
}

export function TextField({ label, value, onValue, hint, placeholder, lines = 1, most = 500, lang }: TextProps) {
  const id = useId();
  const shared = {
    id,
    class: "input",
    value,
    placeholder,
    lang,
    maxLength: most,
    "aria-describedby": hint ? `${id}-hint` : undefined,
  };
  return (
    <div class="setting">
      <label for={id}>{label}</label>
      {lines > 1 ? (
        <textarea {...shared} rows={lines} onInput={(event) => onValue(event.currentTarget.value)} />
      ) : (
        <input {...shared} type="text" onInput={(event) => onValue(event.currentTarget.value)} />
      )}
      {hint && (
        <p class="quiet field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

interface ChoiceProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly Value[];
  words: (option: Value) => ComponentChildren;
  onValue: (value: Value) => void;
}

export function Choice<Value extends string>({ label, value, options, words, onValue }: ChoiceProps<Value>) {
  const name = useId();
  return (
    <fieldset class="setting options">
      <legend>{label}</legend>
      {options.map((option) => (
        <label key={option} class="option">
          <input type="radio" name={name} checked={option === value} onChange={() => onValue(option)} />
          <span>{words(option)}</span>
        </label>
      ))}
    </fieldset>
  );
}
