// A name that is changed in its place, and a line for a new one.
import { useEffect, useState } from "preact/hooks";
import { useWords } from "../../words/words";

interface NameProps {
  name: string;
  most: number;
  onName: (name: string) => Promise<boolean>;
}

/** Kept when the field is left or Enter is pressed; refused, it is what it was. */
export function NameLine({ name, most, onName }: NameProps) {
  const t = useWords();
  const [text, setText] = useState(name);
  useEffect(() => setText(name), [name]);
  const keep = async () => {
    if (text.trim() === name) return;
    if (!text.trim() || !(await onName(text))) setText(name);
  };
  return (
    <span class="line-words">
      <input
        class="input"
        aria-label={t("desk.label.rename", { name })}
        value={text}
        maxLength={most}
        onInput={(event) => setText(event.currentTarget.value)}
        onBlur={() => void keep()}
        onKeyDown={(event) => event.key === "Enter" && !event.isComposing && event.currentTarget.blur()}
      />
    </span>
  );
}

interface FormProps {
  words: string;
  most: number;
  onName: (name: string) => Promise<boolean>;
}

export function NameForm({ words, most, onName }: FormProps) {
  const t = useWords();
  const [name, setName] = useState("");
  return (
    <form
      class="field-beside"
      onSubmit={async (event) => {
        event.preventDefault();
        if (name.trim() && (await onName(name))) setName("");
      }}
    >
      <input class="input" maxLength={most} value={name} aria-label={words} placeholder={words} onInput={(event) => setName(event.currentTarget.value)} />
      <button type="submit" class="act" disabled={!name.trim()}>
        {t("desk.label.add")}
      </button>
    </form>
  );
}
