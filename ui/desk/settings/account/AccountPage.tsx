// What concerns oneself alone: what one is told of, and the password.
import { useState } from "preact/hooks";
import { enter } from "../../account/session";
import { post } from "../../state/api";
import { useDesk } from "../../state/desk-context";
import { useWords } from "../../words/words";
import { useAct } from "../parts/act";
import { Outcome, Part, Save } from "../parts/Parts";
import { FactorPart } from "./FactorPart";
import { MailPart } from "./MailPart";
import { NotifyPart } from "./NotifyPart";
import { SecretField } from "./SecretField";

export const SHORTEST = 10;

export function AccountPage() {
  const t = useWords();
  const { agent } = useDesk();
  return (
    <main class="settings-page">
      <Part title={agent.name} lead={`${agent.email} · ${t(`desk.role.${agent.role}`)}`} />
      <NotifyPart />
      <MailPart />
      <PasswordPart email={agent.email} />
      <FactorPart email={agent.email} />
    </main>
  );
}

function PasswordPart({ email }: { email: string }) {
  const t = useWords();
  const act = useAct();
  const [old, setOld] = useState("");
  const [fresh, setFresh] = useState("");
  const whole = old !== "" && fresh.length >= SHORTEST;
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!whole) return;
    const done = await act.run(
      async () => enter(await post("/api/auth/password", { old, new: fresh })),
      t("account.password.done"),
    );
    if (done) {
      setOld("");
      setFresh("");
    }
  };
  return (
    <Part title={t("account.password")} lead={t("account.password.lead")}>
      <form class="settings-form-one" onSubmit={save}>
        <input type="email" name="email" autocomplete="username" value={email} hidden readOnly />
        <SecretField label={t("account.password.old")} value={old} autocomplete="current-password" onValue={setOld} />
        <SecretField label={t("account.password.new")} value={fresh} autocomplete="new-password" hint={t("account.password.hint")} onValue={setFresh} />
        <div class="part-foot">
          <Outcome act={act} />
          <Save act={act} clean={!whole} />
        </div>
      </form>
    </Part>
  );
}
