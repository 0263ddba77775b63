// The shop's labels: added, renamed, taken off everything.
import { useEffect } from "preact/hooks";
import { useDesk } from "../../state/desk-context";
import { NoTerms } from "../../sorting/NoTerms";
import { useStore } from "../../state/store";
import { useWords } from "../../words/words";
import { useAct } from "../parts/act";
import { Outcome, Part, Twice } from "../parts/Parts";
import { NameForm, NameLine } from "./Names";

export function LabelsPage() {
  const t = useWords();
  const { terms } = useDesk();
  const labels = useStore(terms.store, (state) => state.labels);
  const act = useAct();
  useEffect(() => void terms.load(), [terms]);
  return (
    <main class="settings-page">
      <Part title={t("desk.labels")} lead={t("terms.labels.lead")}>
        {labels.length === 0 && <NoTerms of="label" look="quiet" />}
        <ul class="lines">
          {labels.map((one) => (
            <li key={one.id} class="line">
              <NameLine name={one.name} most={40} onName={(name) => act.run(() => terms.renameLabel(one.id, name), t("settings.changed"))} />
              <Twice
                words={t("settings.remove")}
                sure={t("desk.terms.sure", { name: one.name })}
                onSure={() => void act.run(() => terms.removeLabel(one.id), t("settings.changed"))}
              />
            </li>
          ))}
        </ul>
        <NameForm words={t("desk.label.new")} most={40} onName={(name) => act.run(() => terms.addLabel(name), t("settings.changed"))} />
        <Outcome act={act} />
      </Part>
    </main>
  );
}
