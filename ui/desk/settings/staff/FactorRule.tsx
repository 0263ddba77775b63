// Whether owners and admins need a second factor: an owner's decision, who has one.
import { useDesk } from "../../state/desk-context";
import { useWords } from "../../words/words";
import { useAct } from "../parts/act";
import { Outcome, Part } from "../parts/Parts";
import { Tick } from "../parts/Pick";
import { askFactor, type Staff } from "./staff";

export function FactorRule({ staff, set }: { staff: Staff; set: (staff: Staff) => void }) {
  const t = useWords();
  const { agent } = useDesk();
  const act = useAct();
  const own = staff.staff.find((one) => one.id === agent.id)?.factor_since ?? null;
  const asked = staff.leads_need_factor;
  const ask = (wanted: boolean) =>
    void act.run(async () => {
      await askFactor(wanted);
      set({ ...staff, leads_need_factor: wanted });
    }, t("settings.changed"));
  if (agent.role !== "owner") return null;
  return (
    <Part title={t("factor.title")} lead={t("factor.rule.lead")}>
      <Tick words={t("factor.rule")} value={asked} disabled={act.busy || (own === null && !asked)} onValue={ask} />
      {own === null && <p class="quiet">{t("factor.rule.first")}</p>}
      <Outcome act={act} />
    </Part>
  );
}
