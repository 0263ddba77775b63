// One deed for all chosen rows. Never a message: that would be a broadcast, with its consent.
import { useState } from "preact/hooks";
import { Glyph } from "../icons";
import { Popover } from "../shell/Popover";
import { useDesk } from "../state/desk-context";
import { useStore } from "../state/store";
import { GiveChoices } from "../thread/AssignMenu";
import type { Row } from "../wire";
import { useWords } from "../words/words";
import { LabelChoices } from "./LabelChoices";
import { PriorityChoices } from "./PriorityChoices";
import { SnoozeChoices } from "./SnoozeMenu";
import type { Sorting } from "./sorting";

export function BulkBar() {
  const t = useWords();
  const desk = useDesk();
  const ids = useStore(desk.chosen.store, (state) => state.ids);
  const rows = useStore(desk.inbox.store, (state) => state.rows);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState("");
  if (ids.size === 0 && !fault) return null;
  const chosen = [...ids].flatMap((id) => rows.get(id) ?? []);
  const act = async (deed: Sorting) => {
    if (busy || ids.size === 0) return;
    setBusy(true);
    setFault("");
    try {
      const { refused } = await desk.sortChosen(deed);
      if (refused > 0) setFault(t("desk.bulk.refused", { n: refused }));
    } catch {
      setFault(t("desk.act.failed"));
    }
    setBusy(false);
  };
  const clear = () => {
    desk.chosen.keep([]);
    setFault("");
  };
  return (
    <div class="bulk" role="toolbar" aria-label={t("desk.bulk")}>
      <p class="bulk-count" role="status">
        {fault || t("desk.bulk.chosen", { n: ids.size })}
      </p>
      <BulkActs chosen={chosen} busy={busy} act={(deed) => void act(deed)} />
      <button type="button" class="icon-button" aria-label={t("desk.bulk.clear")} title={t("desk.bulk.clear")} onClick={clear}>
        <Glyph name="close" size={16} />
      </button>
    </div>
  );
}

interface ActsProps {
  chosen: readonly Row[];
  busy: boolean;
  act: (deed: Sorting) => void;
}

function BulkActs({ chosen, busy, act }: ActsProps) {
  const t = useWords();
  const [first, ...rest] = chosen;
  const same = first && rest.every((row) => row.priority === first.priority) ? first.priority : null;
  const shared = (first?.labels ?? []).filter((one) => rest.every((row) => row.labels.some((other) => other.id === one.id)));
  const on = new Set(shared.map((one) => one.id));
  const done = (close: () => void, deed: Sorting) => {
    close();
    act(deed);
  };
  const common = { side: "below", buttonClass: "icon-button", disabled: busy || !first } as const;
  return (
    <>
      <Popover {...common} label={t("desk.menu.assignTo")} button={<Glyph name="person" size={16} />}>
        {(close) => <GiveChoices assignee={null} team={null} onGive={(to) => done(close, { do: "assign", ...to })} />}
      </Popover>
      <Popover {...common} label={t("desk.priority")} button={<Glyph name="urgent" size={16} />}>
        {(close) => <PriorityChoices present={same} onChoose={(priority) => done(close, { do: "priority", priority })} />}
      </Popover>
      <Popover {...common} kind="dialog" label={t("desk.labels")} button={<Glyph name="tag" size={16} />}>
        {(close) => <LabelChoices on={on} onTurn={(id, put) => done(close, { do: "labels", [put ? "add" : "remove"]: [id] })} />}
      </Popover>
      <Popover {...common} kind="dialog" align="end" label={t("desk.snooze")} button={<Glyph name="moon" size={16} />}>
        {(close) => (
          <SnoozeChoices
            aside={chosen.some((row) => row.snoozed !== null)}
            onSnooze={(until) => done(close, { do: "snooze", until })}
            onWake={() => done(close, { do: "wake" })}
          />
        )}
      </Popover>
      <button
        type="button"
        class="icon-button"
        aria-label={t("desk.act.close")}
        title={t("desk.act.close")}
        disabled={busy || !first}
        onClick={() => act({ do: "close" })}
      >
        <Glyph name="check" size={16} />
      </button>
    </>
  );
}
