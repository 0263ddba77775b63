// The door: e-mail and password, one sentence when it stays shut, and nothing about the shop's customers.
import { useRef, useState } from "preact/hooks";
import { ApiError } from "../../kit/api";
import { Glyph } from "../icons";
import { useStore } from "../state/store";
import { type Words, useWords } from "../words/words";
import { LanguageChoice } from "./LanguageChoice";
import { Shelf } from "./Shelf";
import { CodeStep } from "./CodeStep";
import { logIn, needsCode, session } from "./session";

export function LogIn() {
  const t = useWords();
  const why = useStore(session, (state) => state.why);
  const [known, setKnown] = useState<Known | null>(null);
  return (
    <div class="login">
      <div class="login-side">
        <header class="login-head">
          <span class="brand">
            <span class="brand-mark" aria-hidden="true">
              <Glyph name="chat" size={16} />
            </span>
            Kaiwa
          </span>
          <LanguageChoice />
        </header>
        <main class="login-main">
          <h1 class="login-title">{t(known ? "factor.login" : "desk.login.title")}</h1>
          <p class="quiet">{known ? known.email : t("desk.login.lead")}</p>
          {why && !known && (
            <p class="notice notice-wait" role="status">
              <Glyph name="clock" size={16} />
              {t(`desk.login.${why}`)}
            </p>
          )}
          {known ? <CodeStep words={(problem) => faultWords(t, problem)} onCode={(code) => logIn(known.email, known.password, code)} onLeave={() => setKnown(null)} /> : <LogInForm onCodeNeeded={setKnown} />}
        </main>
      </div>
      <Shelf />
    </div>
  );
}

/** What is asked for again with the code: it leaves this page only to the server. */
interface Known {
  email: string;
  password: string;
}

function LogInForm({ onCodeNeeded }: { onCodeNeeded: (known: Known) => void }) {
  const t = useWords();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const [missing, setMissing] = useState<"email" | "password" | null>(null);
  const email = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (busy) return;
    const lacking = !email.current?.value.trim() ? "email" : !password.current?.value ? "password" : null;
    setMissing(lacking);
    setFault(null);
    if (lacking) return (lacking === "email" ? email : password).current?.focus();
    setBusy(true);
    const known = { email: email.current?.value.trim() ?? "", password: password.current?.value ?? "" };
    try {
      await logIn(known.email, known.password);
    } catch (problem) {
      if (needsCode(problem)) return onCodeNeeded(known);
      setFault(faultWords(t, problem));
      setBusy(false);
      password.current?.focus();
    }
  };

  return (
    <form class="login-form" onSubmit={submit} noValidate>
      <label class="label" for="email">
        {t("desk.login.email")}
      </label>
      <input
        ref={email}
        id="email"
        class="input"
        type="email"
        name="email"
        autocomplete="username"
        aria-invalid={missing === "email"}
        aria-describedby={missing === "email" ? "email-fault" : undefined}
      />
      {missing === "email" && <Fault id="email-fault" words={t("desk.login.emailMissing")} />}
      <label class="label" for="password">
        {t("desk.login.password")}
      </label>
      <PasswordField field={password} invalid={missing === "password"} />
      {missing === "password" && <Fault id="password-fault" words={t("desk.login.passwordMissing")} />}
      <div role="alert">{fault && <Fault words={fault} />}</div>
      <button type="submit" class="button button-main login-enter" aria-disabled={busy}>
        {t(busy ? "desk.login.busy" : "desk.login.enter")}
      </button>
    </form>
  );
}

interface PasswordProps {
  field: { current: HTMLInputElement | null };
  invalid: boolean;
}

function PasswordField({ field, invalid }: PasswordProps) {
  const t = useWords();
  const [shown, setShown] = useState(false);
  return (
    <span class="password">
      <input
        ref={field}
        id="password"
        class="input"
        {...(shown ? ({ type: "text" } as const) : ({ type: "password" } as const))}
        name="password"
        autocomplete="current-password"
        aria-invalid={invalid}
        aria-describedby={invalid ? "password-fault" : undefined}
      />
      <button
        type="button"
        class="icon-button"
        aria-pressed={shown}
        aria-label={t(shown ? "desk.login.hide" : "desk.login.show")}
        onClick={() => setShown(!shown)}
      >
        <Glyph name="eye" />
      </button>
    </span>
  );
}

function Fault({ words, id }: { words: string; id?: string }) {
  return (
    <p class="fault" id={id}>
      <Glyph name="alert" size={16} />
      {words}
    </p>
  );
}

function faultWords(t: Words, problem: unknown): string {
  if (!(problem instanceof ApiError)) return t("desk.login.unreachable");
  if (problem.status === 401) return problem.detail.reason === "code" ? problem.message : t("desk.login.wrong");
  if (problem.status === 429)
    return t("desk.login.tooMany", { n: Math.max(1, Math.ceil((problem.retryAfterS ?? 60) / 60)) });
  return problem.status >= 500 || problem.status === 0 ? t("desk.login.unreachable") : problem.message;
}
