// Who is there, how much each carries, and on press what.
import { useEffect, useMemo, useState } from "preact/hooks";
import { Glyph } from "../icons";
import { Inbox } from "../list/inbox";
import { PersonMark } from "../marks";
import { span } from "../staff/due";
import { StatusDot } from "../staff/StatusChoice";
import { useDesk } from "../state/desk-context";
import { useStore } from "../state/store";
import type { BoardAgent } from "../wire";
import { useNow } from "../words/time";
import { useWords } from "../words/words";
import { BoardRow } from "./BoardRow";

const ORDER = { online: 0, away: 1, offline: 2 } as const;

export function AgentTable() {
  const t = useWords();
  const { board } = useDesk();
  const agents = useStore(board.store, (state) => state.agents);
  const sorted = [...agents.values()].sort((one, other) => ORDER[one.status] - ORDER[other.status] || one.name.localeCompare(other.name));
  return (
    <section class="board-card" aria-labelledby="board-agents">
      <h2 id="board-agents">{t("board.agents")}</h2>
      <ul>
        {sorted.map((one) => (
          <AgentLine key={one.id} agent={one} />
        ))}
      </ul>
    </section>
  );
}

function AgentLine({ agent }: { agent: BoardAgent }) {
  const t = useWords();
  const now = useNow(10_000);
  const [open, setOpen] = useState(false);
  const since = agent.since && agent.status !== "online" ? span(t, now - Date.parse(agent.since)) : null;
  const full = agent.capacity > 0 && agent.load >= agent.capacity;
  return (
    <li class="agent-line">
      <button type="button" class="agent-button" aria-expanded={open} onClick={() => setOpen(!open)}>
        <PersonMark name={agent.name} size={32} />
        <span class="agent-who">
          <b>{agent.name}</b>
          <span class="quiet">{agent.skills.join("・")}</span>
        </span>
        <span class="agent-status">
          <StatusDot status={agent.status} />
          {t(`staff.${agent.status}`)}
          {since && <span class="quiet figures">{t("board.since", { time: since })}</span>}
        </span>
        <span class="agent-load">
          <meter class={full ? "meter meter-full" : "meter"} min={0} max={Math.max(1, agent.capacity)} value={Math.min(agent.load, agent.capacity)} aria-hidden="true" />
          <span class={full ? "figures tone-yamabuki" : "figures"}>
            <span class="unseen">{t("board.has")} </span>
            {agent.load} / {agent.capacity}
          </span>
        </span>
        <Glyph name={open ? "up" : "down"} size={14} />
      </button>
      {open && <OwnList agent={agent} />}
    </li>
  );
}

/** What one agent has, kept up by the same stream as the desk's own list. */
function OwnList({ agent }: { agent: BoardAgent }) {
  const t = useWords();
  const desk = useDesk();
  const inbox = useMemo(() => new Inbox(desk.agent.id), [desk, agent.id]);
  useEffect(() => {
    void inbox.open("open", { assignee: agent.id });
    return desk.alsoTo(inbox);
  }, [inbox, desk, agent.id]);
  const { rows, shown, phase } = useStore(inbox.store, (state) => state);
  if (phase === "failed")
    return (
      <p class="board-none" role="alert">
        {t("desk.list.failed")}
      </p>
    );
  if (phase === "ready" && shown.length === 0) return <p class="board-none">{t("board.list.none")}</p>;
  return (
    <ul class="agent-list" aria-label={t("board.list", { name: agent.name })}>
      {shown.map((id) => {
        const row = rows.get(id);
        return row && <BoardRow key={id} row={row} />;
      })}
    </ul>
  );
}
