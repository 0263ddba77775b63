import { Glyph } from "../icons";
import { PersonMark } from "../marks";
import { Popover } from "../shell/Popover";
import { useDesk } from "../state/desk-context";
import { useStore } from "../state/store";
import type { Row } from "../wire";
import { useWords } from "../words/words";

/** To whom a conversation goes: an agent, a team, or nobody (an agent of null). */
export type Given = { agent: number | null } | { team: number };

interface AssignProps {
  row: Row;
  onGive: (to: Given) => void;
}

export function AssignMenu({ row, onGive }: AssignProps) {
  const t = useWords();
  const name = row.assignee?.name ?? null;
  const team = row.team?.name;
  const button = (
    <>
      {name ? <PersonMark name={name} size={20} /> : <Glyph name={team ? "people" : "person"} size={16} />}
      <span class="assign-name">{name ? t("desk.act.assign", { name }) : (team ?? t("desk.act.unassigned"))}</span>
      <Glyph name="down" size={14} />
    </>
  );
  return (
    <Popover id="act-assign" label={t("desk.menu.assignTo")} align="end" buttonClass="act assign" button={button}>
      {(close) => (
        <GiveChoices
          assignee={row.assignee?.id ?? 0}
          team={row.team?.id ?? 0}
          onGive={(to) => {
            close();
            onGive(to);
          }}
        />
      )}
    </Popover>
  );
}

interface GiveProps {
  /** Who has it: 0 nobody; null when several conversations are meant. */
  assignee: number | null;
  team: number | null;
  onGive: (to: Given) => void;
}

/** Oneself first, then the others, the teams, and nobody. */
export function GiveChoices({ assignee, team, onGive }: GiveProps) {
  const t = useWords();
  const { team: people, agent, terms } = useDesk();
  const agents = useStore(people, (state) => state.agents);
  const teams = useStore(terms.store, (state) => state.teams);
  const others = agents.filter((one) => one.id !== agent.id);
  const choices = [{ id: agent.id, name: t("desk.menu.me", { name: agent.name }) }, ...others];
  return (
    <div class="item-scroll">
      {choices.map((one) => (
        <button key={one.id} type="button" role="menuitemradio" aria-checked={assignee === one.id} class="item" onClick={() => onGive({ agent: one.id })}>
          <PersonMark name={one.name} size={20} />
          {one.name}
          {assignee === one.id && <Glyph name="check" size={16} class="item-end" />}
        </button>
      ))}
      {teams.map((one) => (
        <button key={`team-${one.id}`} type="button" role="menuitemradio" aria-checked={team === one.id} class="item" onClick={() => onGive({ team: one.id })}>
          <Glyph name="people" size={20} />
          {one.name}
          {team === one.id && <Glyph name="check" size={16} class="item-end" />}
        </button>
      ))}
      <button type="button" role="menuitemradio" aria-checked={assignee === 0} class="item" onClick={() => onGive({ agent: null })}>
        <Glyph name="person" size={20} />
        {t("desk.act.unassigned")}
        {assignee === 0 && <Glyph name="check" size={16} class="item-end" />}
      </button>
    </div>
  );
}
