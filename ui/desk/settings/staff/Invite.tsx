// Inviting somebody: an account and a one-time link, by which they choose their own password.
import { useState } from "preact/hooks";
import type { Language } from "../../../kit/types";
import { useDesk } from "../../state/desk-context";
import { useLanguage, useWords } from "../../words/words";
import { TextField } from "../Field";
import { useAct } from "../parts/act";
import { Outcome, Part, Save } from "../parts/Parts";
import { Pick } from "../parts/Pick";
import { type Colleague, invite, mayChange, type Role } from "./staff";

interface InviteProps {
  roles: readonly Role[];
  took: (one: Colleague, link: string) => void;
}

export function Invite({ roles, took }: InviteProps) {
  const t = useWords();
  const own = useLanguage();
  const { agent } = useDesk();
  const act = useAct();
  const empty = { email: "", name: "", role: "agent" as Role, language: own };
  const [body, setBody] = useState(empty);
  const send = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!body.email.trim()) return;
    const ok = await act.run(async () => {
      const made = await invite(body);
      took(made.colleague, made.link);
    }, t("staff.invite.done"));
    if (ok) setBody(empty);
  };
  return (
    <Part title={t("staff.invite")} lead={t("staff.invite.lead")}>
      <form class="settings-form-one" onSubmit={send}>
        <div class="pair">
          <TextField label={t("staff.email")} value={body.email} most={254} onValue={(email) => setBody({ ...body, email })} />
          <TextField label={t("staff.name")} value={body.name} most={100} onValue={(name) => setBody({ ...body, name })} />
        </div>
        <div class="pair">
          <Pick label={t("staff.role")} value={body.role} options={roles.filter((one) => mayChange(agent.role, one))} words={(role) => t(`desk.role.${role}`)} onValue={(role) => setBody({ ...body, role })} />
          <Pick label={t("desk.language")} value={body.language} options={["ja", "en"] as Language[]} words={(one) => t(`voice.language.${one}`)} onValue={(language) => setBody({ ...body, language })} />
        </div>
        <div class="part-foot">
          <Outcome act={act} />
          <Save act={act} words={t("staff.invite.send")} clean={!body.email.trim()} />
        </div>
      </form>
    </Part>
  );
}
