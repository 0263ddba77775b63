// Minutes by priority and kind: a table to write in, for the shop and for inboxes of their own.
import { useState } from "preact/hooks";
import { PRIORITIES, type Priority } from "../../wire";
import { useWords } from "../../words/words";
import type { FormProps } from "./RoutingForm";
import { type Kind, KINDS, type TargetDraft, targetsOf } from "./routing";

export function Targets({ draft, kept, change }: FormProps) {
  const t = useWords();
  const [chosen, setChosen] = useState(0);
  const own = draft.inboxTargets;
  const free = kept.inboxes.filter((box) => !own.some((one) => one.inbox === box.id));
  const nameOf = (id: number) => kept.inboxes.find((one) => one.id === id)?.name ?? String(id);
  const put = (inbox: number, targets: TargetDraft) =>
    change({ inboxTargets: own.map((one) => (one.inbox === inbox ? { inbox, targets } : one)) });
  return (
    <>
      <p class="quiet field-hint">
        {t("routing.targets.hint")} {!kept.hours_told && t("routing.targets.always")}
      </p>
      <TargetTable title={t("routing.targets.shop")} targets={draft.targets} onTargets={(targets) => change({ targets })} />
      {own.map((one) => (
        <div key={one.inbox} class="topic">
          <TargetTable title={t("routing.targets.inbox", { name: nameOf(one.inbox) })} targets={one.targets} onTargets={(targets) => put(one.inbox, targets)} />
          <div class="topic-end">
            <button type="button" class="link" onClick={() => change({ inboxTargets: own.filter((two) => two.inbox !== one.inbox) })}>
              {t("routing.targets.remove")}
            </button>
          </div>
        </div>
      ))}
      {free.length > 0 && kept.inboxes.length > 1 && (
        <div class="beside">
          <select class="input" aria-label={t("routing.targets.add")} value={chosen || free[0]?.id} onChange={(event) => setChosen(Number(event.currentTarget.value))}>
            {free.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
          <button
            type="button"
            class="act"
            onClick={() => {
              const inbox = free.find((one) => one.id === chosen) ?? free[0];
              if (inbox) change({ inboxTargets: [...own, { inbox: inbox.id, targets: targetsOf({}) }] });
            }}
          >
            {t("routing.targets.add")}
          </button>
        </div>
      )}
    </>
  );
}

interface TableProps {
  title: string;
  targets: TargetDraft;
  onTargets: (targets: TargetDraft) => void;
}

function TargetTable({ title, targets, onTargets }: TableProps) {
  const t = useWords();
  const put = (priority: Priority, kind: Kind, value: string) =>
    onTargets({ ...targets, [priority]: { ...targets[priority], [kind]: value } });
  return (
    <table class="target-table">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{t("routing.priority")}</th>
          {KINDS.map((kind) => (
            <th scope="col" key={kind}>
              {t(`routing.${kind}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {PRIORITIES.map((priority) => (
          <tr key={priority}>
            <th scope="row">{t(`desk.priority.${priority}`)}</th>
            {KINDS.map((kind) => (
              <td key={kind}>
                <input
                  type="text"
                  inputMode="numeric"
                  class="input figures"
                  maxLength={5}
                  aria-label={t("routing.cell", { priority: t(`desk.priority.${priority}`), kind: t(`routing.${kind}`) })}
                  value={targets[priority][kind]}
                  onInput={(event) => put(priority, kind, event.currentTarget.value)}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
