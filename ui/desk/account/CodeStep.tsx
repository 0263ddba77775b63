// The second step of the log-in: the password was right, and a code is asked for.
import { useState } from "preact/hooks";
import { Glyph } from "../icons";
import { useWords } from "../words/words";
import { CodeField } from "./CodeField";

interface StepProps {
  words: (problem: unknown) => string;
  onCode: (code: string) => Promise<void>;
  onLeave: () => void;
}

export function CodeStep({ words, onCode, onLeave }: StepProps) {
  const t = useWords();
  const [code, setCode] = useState("");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (busy || !code.trim()) return;
    setBusy(true);
    setFault(null);
    try {
      await onCode(code);
    } catch (problem) {
      setFault(words(problem));
      setCode("");
      setBusy(false);
    }
  };
  return (
    <form class="login-form" onSubmit={submit} noValidate>
      <CodeField paper value={code} onValue={setCode} />
      <div role="alert">
        {fault && (
          <p class="fault">
            <Glyph name="alert" size={16} />
            {fault}
          </p>
        )}
      </div>
      <button type="submit" class="button button-main login-enter" aria-disabled={busy || !code.trim()}>
        {t(busy ? "desk.login.busy" : "factor.login.enter")}
      </button>
      <button type="button" class="button button-line" onClick={onLeave}>
        {t("factor.login.back")}
      </button>
    </form>
  );
}
