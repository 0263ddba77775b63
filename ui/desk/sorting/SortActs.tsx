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
  /** On a phone they stand in the customer's sheet a second time: only those of the head have the keys. */
  apart?: boolean;
  onSort: (deed: Sorting) => void;
}

export function SortActs({ row, onSort, apart = false }: SortProps) {
  const t = useWords();
  const align = apart ? "start" : "end";
  const idOf = (name: string) => (apart ? undefined : `act-${name}`);
  const on = new Set(row.labels.map((one) => one.id));
  return (
    <>
      <Popover id={idOf("priority")} label={t("desk.priority")} align={align} buttonClass="icon-button" button={row.priority === "normal" ? <Glyph name="urgent" size={16} /> : <PriorityMark priority={row.priority} />}>
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
      <Popover id={idOf("labels")} label={t("desk.labels")} kind="dialog" align={align} buttonClass="icon-button" button={<Glyph name="tag" size={16} />}>
        {() => <LabelChoices on={on} onTurn={(id, put) => onSort({ do: "labels", [put ? "add" : "remove"]: [id] })} />}
      </Popover>
      {row.status === "open" && (
        <Popover id={idOf("snooze")} label={t("desk.snooze")} kind="dialog" align={align} buttonClass="act snooze" named button={<Snoozing />}>
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
