// The way in by a one-time link: whom it is for, and a password of one's own.
import { useEffect, useState } from "preact/hooks";
import { ApiError } from "../../kit/api";
import { Glyph } from "../icons";
import { SecretField } from "../settings/account/SecretField";
import { useWords } from "../words/words";
import { CodeField } from "./CodeField";
import { LanguageChoice } from "./LanguageChoice";
import { Shelf } from "./Shelf";
import { joinBy, type Invitation, lookAtLink, needsCode } from "./session";

const SHORTEST = 10;

export function Join({ token }: { token: string }) {
  const t = useWords();
  const [whom, setWhom] = useState<Invitation | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const told = (problem: unknown) =>
    setFault(problem instanceof ApiError && problem.message && problem.status > 0 ? problem.message : t("desk.login.unreachable"));
  useEffect(() => {
    lookAtLink(token).then(setWhom, told);
  }, [token]);
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
          <h1 class="login-title">{t("join.title")}</h1>
          {whom && <p class="quiet">{t("join.lead", { name: whom.name, shop: whom.shop, email: whom.email })}</p>}
          <div role="alert">
            {fault && (
              <p class="fault">
                <Glyph name="alert" size={16} />
                {fault}
              </p>
            )}
          </div>
          {whom && <JoinForm token={token} email={whom.email} onFault={told} />}
          {!whom && fault && (
            <a class="link" href="/desk">
              {t("join.toLogIn")}
            </a>
          )}
        </main>
      </div>
      <Shelf />
    </div>
  );
}

function JoinForm({ token, email, onFault }: { token: string; email: string; onFault: (problem: unknown) => void }) {
  const t = useWords();
  const [password, setPassword] = useState("");
  const [asked, setAsked] = useState(false);
  const [code, setCode] = useState("");
  const [busy, setBusy] = useState(false);
  const whole = password.length >= SHORTEST && (!asked || code.trim() !== "");
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (busy || !whole) return;
    setBusy(true);
    try {
      await joinBy(token, password, code);
    } catch (problem) {
      if (needsCode(problem)) setAsked(true);
      onFault(problem);
      setBusy(false);
    }
  };
  return (
    <form class="login-form" onSubmit={submit}>
      <input type="email" name="email" autocomplete="username" value={email} hidden readOnly />
      <SecretField label={t("account.password.new")} value={password} autocomplete="new-password" hint={t("account.password.hint")} onValue={setPassword} />
      {asked && <CodeField paper value={code} onValue={setCode} />}
      <button type="submit" class="button button-main login-enter" aria-disabled={busy || !whole}>
        {t(busy ? "desk.login.busy" : "join.enter")}
      </button>
    </form>
  );
}
