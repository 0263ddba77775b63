// The conversation's place in the work: priority, labels and when it comes back, beside who answers.
import type { ComponentChildren } from "preact";
import { Glyph } from "../icons";
import { Popover } from "../shell/Popover";
import type { Row } from "../wire";
import { useWords } from "../words/words";
import { LabelChoices } from "./LabelChoices";
import { PriorityChoices, PriorityMark } from "./PriorityChoices";
import { SnoozeChoices } from "./SnoozeMenu";
import type { Sorting } from "./sorting";

interface SortProps {
  row: Row;
  onSort: (deed: Sorting) => void;
}

export function SortActs({ row, onSort }: SortProps) {
  const t = useWords();
  const on = new Set(row.labels.map((one) => one.id));
  return (
    <>
      <Popover id="act-priority" label={t("desk.priority")} align="end" buttonClass="icon-button" button={<PriorityMark priority={row.priority} />}>
        {(close) => (
          <PriorityChoices
            present={row.priority}
            onChoose={(priority) => {
              close();
              onSort({ do: "priority", priority });
            }}
          />
        )}
      </Popover>
      <Popover id="act-labels" label={t("desk.labels")} kind="dialog" align="end" buttonClass="icon-button" button={<Glyph name="tag" size={16} />}>
        {() => <LabelChoices on={on} onTurn={(id, put) => onSort({ do: "labels", [put ? "add" : "remove"]: [id] })} />}
      </Popover>
      {row.status === "open" && (
        <Popover id="act-snooze" label={t("desk.snooze")} kind="dialog" align="end" buttonClass="act snooze" named button={<Snoozing />}>
          {(close) => (
            <SnoozeChoices
              aside={row.snoozed !== null}
              onSnooze={(until) => {
                close();
                onSort({ do: "snooze", until });
              }}
              onWake={() => {
                close();
                onSort({ do: "wake" });
              }}
            />
          )}
        </Popover>
      )}
    </>
  );
}

function Snoozing(): ComponentChildren {
  const t = useWords();
  return (
    <>
      <Glyph name="moon" size={16} />
      <span class="snooze-words">{t("desk.snooze")}</span>
    </>
  );
}
