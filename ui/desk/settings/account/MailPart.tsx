// Mail while one is away: off, or what has waited so long, at most so often.
import { useState } from "preact/hooks";
import { get, put } from "../../state/api";
import { useWords } from "../../words/words";
import { useAct } from "../parts/act";
import { useKnown } from "../parts/Loaded";
import { Fault, Outcome, Part, Save } from "../parts/Parts";
import { Pick, Tick } from "../parts/Pick";
import type { Mail, MailChoice } from "../../server";

const AFTER = [5, 15, 30, 60, 180] as const;
const EVERY = [15, 30, 60, 240, 1440] as const;
const USUAL: MailChoice = { after_minutes: 15, every_minutes: 60 };

const load = (): Promise<Mail> => get("/api/mail");

export function MailPart() {
  const t = useWords();
  const known = useKnown(load);
  const lead = known.data ? t("mail.lead", { email: known.data.address }) : undefined;
  return (
    <Part title={t("mail.title")} lead={lead}>
      {known.data && <MailForm mail={known.data} set={known.set} />}
      <Fault words={known.fault} />
      {known.fault && (
        <button type="button" class="act" onClick={known.load}>
          {t("desk.again")}
        </button>
      )}
    </Part>
  );
}

function MailForm({ mail, set }: { mail: Mail; set: (mail: Mail) => void }) {
  const t = useWords();
  const act = useAct();
  const [choice, setChoice] = useState<MailChoice | null>(mail.choice);
  const clean = JSON.stringify(choice) === JSON.stringify(mail.choice);
  const save = (event: SubmitEvent) => {
    event.preventDefault();
    if (!clean) void act.run(async () => set(await put("/api/mail", { choice })), t("settings.changed"));
  };
  const minutes = (n: string) => (Number(n) % 60 === 0 ? t("mail.hours", { n: Number(n) / 60 }) : t("mail.minutes", { n: Number(n) }));
  return (
    <form class="settings-form-one" onSubmit={save}>
      {!mail.possible && <p class="quiet">{t("mail.impossible")}</p>}
      <Tick words={t("mail.wanted")} value={choice !== null} disabled={!mail.possible && choice === null} onValue={(wanted) => setChoice(wanted ? (mail.choice ?? USUAL) : null)} />
      {choice && (
        <div class="pair">
          <Pick label={t("mail.after")} value={String(choice.after_minutes)} options={among(AFTER, choice.after_minutes)} words={minutes} onValue={(n) => setChoice({ ...choice, after_minutes: Number(n) })} />
          <Pick label={t("mail.every")} value={String(choice.every_minutes)} options={among(EVERY, choice.every_minutes)} words={minutes} onValue={(n) => setChoice({ ...choice, every_minutes: Number(n) })} />
        </div>
      )}
      <div class="part-foot">
        <Outcome act={act} />
        <Save act={act} clean={clean} />
      </div>
    </form>
  );
}

/** The usual ones, and whatever was chosen elsewhere. */
const among = (usual: readonly number[], chosen: number): string[] => [...new Set([...usual, chosen])].sort((one, other) => one - other).map(String);
