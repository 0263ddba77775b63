// The code of an authenticator app, or one from paper.
import { useId } from "preact/hooks";
import { useWords } from "../words/words";

interface CodeProps {
  value: string;
  onValue: (value: string) => void;
  /** With the hint that a code from paper does as well. */
  paper?: boolean;
}

export function CodeField({ value, onValue, paper = false }: CodeProps) {
  const t = useWords();
  const id = useId();
  return (
    <div class="setting">
      <label for={id}>{t("factor.code")}</label>
      <input
        id={id}
        class="input figures"
        type="text"
        autofocus
        inputMode={paper ? "text" : "numeric"}
        autocomplete="one-time-code"
        autocapitalize="none"
        spellcheck={false}
        maxLength={40}
        value={value}
        aria-describedby={`${id}-hint`}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
      <p class="quiet field-hint" id={`${id}-hint`}>
        {t(paper ? "factor.code.paper" : "factor.code.hint")}
      </p>
    </div>
  );
}
