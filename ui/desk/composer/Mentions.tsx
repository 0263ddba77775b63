// Colleagues over the composer, while an @ is being typed into a note.
import { useEffect, useState } from "preact/hooks";
import { PersonMark } from "../marks";
import { useDesk } from "../state/desk-context";
import type { OpenThread } from "../state/open-thread";
import { useStore } from "../state/store";
import type { Person } from "../wire";
import { useWords } from "../words/words";
import { type At, atSign, called } from "./mention";
import { insertWords } from "./insert";
import { useListKeys } from "./list-keys";

export function useMentions(thread: OpenThread, note: boolean) {
  const desk = useDesk();
  const team = useStore(desk.team, (state) => state.agents);
  const [open, setOpen] = useState<At | null>(null);
  const found = open && note ? called(team, open.query, desk.agent.id) : [];
  const look = (field: HTMLTextAreaElement) => setOpen(note ? atSign(field.value, field.selectionStart) : null);
  const insert = (whom: Person) => {
    // The whole name takes the place of the @ and what was typed after it.
    if (open) insertWords(thread, `@${whom.name} `, open.from);
    setOpen(null);
  };
  const layer = found.length > 0 ? <Colleagues found={found} onInsert={insert} onClose={() => setOpen(null)} /> : null;
  return { layer, look };
}

interface ColleaguesProps {
  found: readonly Person[];
  onInsert: (whom: Person) => void;
  onClose: () => void;
}

function Colleagues({ found, onInsert, onClose }: ColleaguesProps) {
  const t = useWords();
  const [at, setAt] = useState(0);
  const here = Math.min(at, found.length - 1);
  const ids = found.map((one) => one.id).join();
  useEffect(() => setAt(0), [ids]);
  useListKeys(".colleagues", (key) => {
    const chosen = found[here];
    if (key === "ArrowDown") setAt(Math.min(here + 1, found.length - 1));
    else if (key === "ArrowUp") setAt(Math.max(here - 1, 0));
    else if ((key === "Enter" || key === "Tab") && chosen) onInsert(chosen);
    else if (key === "Escape") onClose();
    else return false;
    return true;
  });
  return (
    <div class="replies colleagues" role="region" aria-label={t("mention.whom")}>
      <div class="replies-list">
        <p class="replies-head" role="status">
          {t("mention.found", { n: found.length, name: found[here]?.name ?? "" })}
        </p>
        <ul class="item-scroll">
          {found.map((one, index) => (
            <li key={one.id}>
              <button type="button" class="item" aria-current={index === here ? "true" : undefined} onFocus={() => setAt(index)} onClick={() => onInsert(one)}>
                <PersonMark name={one.name} size={24} />
                {one.name}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
