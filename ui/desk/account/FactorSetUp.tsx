// Setting up the second factor: the password, the app, a first code, and the codes for paper.
import { useState } from "preact/hooks";
import { SecretField } from "../settings/account/SecretField";
import { useAct } from "../settings/parts/act";
import { Copied, Outcome, Save } from "../settings/parts/Parts";
import { useWords } from "../words/words";
import { CodeField } from "./CodeField";
import { beginFactor, type Codes, grouped, type Offer, turnOn } from "./factor";
import { PaperCodes } from "./PaperCodes";

interface SetUpProps {
  email: string;
  onDone: (codes: Codes) => void;
}

export function FactorSetUp({ email, onDone }: SetUpProps) {
  const [offer, setOffer] = useState<Offer | null>(null);
  const [codes, setCodes] = useState<Codes | null>(null);
  if (codes) return <PaperCodes codes={codes.recovery_codes} onDone={() => onDone(codes)} />;
  if (offer) return <Scan offer={offer} onCodes={setCodes} onLeave={() => setOffer(null)} />;
  return <AskPassword email={email} words="factor.begin" onPassword={async (password) => setOffer(await beginFactor(password))} />;
}

interface AskProps {
  email: string;
  words: "factor.begin" | "factor.off" | "factor.paper.new";
  onPassword: (password: string) => Promise<unknown>;
}

export function AskPassword({ email, words, onPassword }: AskProps) {
  const t = useWords();
  const act = useAct();
  const [password, setPassword] = useState("");
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    if (password) void act.run(() => onPassword(password));
  };
  return (
    <form class="settings-form-one" onSubmit={send}>
      <input type="email" name="email" autocomplete="username" value={email} hidden readOnly />
      <SecretField label={t("account.password.old")} value={password} autocomplete="current-password" onValue={setPassword} />
      <div class="part-foot">
        <Outcome act={act} />
        <Save act={act} words={t(words)} clean={!password} />
      </div>
    </form>
  );
}

function Scan({ offer, onCodes, onLeave }: { offer: Offer; onCodes: (codes: Codes) => void; onLeave: () => void }) {
  const t = useWords();
  const act = useAct();
  const [code, setCode] = useState("");
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    if (code.trim()) void act.run(async () => onCodes(await turnOn(code)));
  };
  return (
    <form class="settings-form-one" onSubmit={send}>
      <p>{t("factor.scan")}</p>
      <div class="link-code" role="img" aria-label={t("factor.qr")} dangerouslySetInnerHTML={{ __html: offer.qr }} />
      <Copied label={t("factor.secret")} text={grouped(offer.secret)} />
      <CodeField value={code} onValue={setCode} />
      <div class="part-foot">
        <Outcome act={act} />
        <button type="button" class="act" onClick={onLeave}>
          {t("settings.leave")}
        </button>
        <Save act={act} words={t("factor.on")} clean={!code.trim()} />
      </div>
    </form>
  );
}
