import { Glyph } from "../icons";
import { PersonMark } from "../marks";
import { Popover } from "../shell/Popover";
import { useDesk } from "../state/desk-context";
import { useStore } from "../state/store";
import type { Row } from "../wire";
import { useWords } from "../words/words";

interface AssignProps {
  row: Row;
  onAssign: (agent: number | null) => void;
}

/** Who has it: oneself first, then the others, then nobody. */
export function AssignMenu({ row, onAssign }: AssignProps) {
  const t = useWords();
  const { team, agent } = useDesk();
  const agents = useStore(team, (state) => state.agents);
  const others = agents.filter((one) => one.id !== agent.id);
  const choices = [{ id: agent.id, name: t("desk.menu.me", { name: agent.name }) }, ...others];
  const name = row.assignee?.name ?? null;
  const button = (
    <>
      {name ? <PersonMark name={name} size={20} /> : <Glyph name="person" size={16} />}
      <span class="assign-name">{name ? t("desk.act.assign", { name }) : t("desk.act.unassigned")}</span>
      <Glyph name="down" size={14} />
    </>
  );
  return (
    <Popover label={t("desk.menu.assignTo")} align="end" buttonClass="act assign" button={button}>
      {(close) => {
        const pick = (id: number | null) => () => {
          close();
          onAssign(id);
        };
        return (
          <>
            {choices.map((one) => (
              <button
                key={one.id}
                type="button"
                role="menuitemradio"
                aria-checked={row.assignee?.id === one.id}
                class="item"
                onClick={pick(one.id)}
              >
                <PersonMark name={one.name} size={20} />
                {one.name}
                {row.assignee?.id === one.id && <Glyph name="check" size={16} class="item-end" />}
              </button>
            ))}
            <button type="button" role="menuitemradio" aria-checked={!row.assignee} class="item" onClick={pick(null)}>
              <Glyph name="person" size={20} />
              {t("desk.act.unassigned")}
              {!row.assignee && <Glyph name="check" size={16} class="item-end" />}
            </button>
          </>
        );
      }}
    </Popover>
  );
}
