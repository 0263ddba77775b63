// Where somebody has to step in: what is late or due soon, then whoever is still in the queue.
import { useDesk } from "../state/desk-context";
import { useStore } from "../state/store";
import type { Row } from "../wire";
import { useWords } from "../words/words";
import { BoardRow } from "./BoardRow";

const MOST = 12;

export function Pressing() {
  const t = useWords();
  const { board } = useDesk();
  const soon = useStore(board.soon.store, (state) => state);
  const queue = useStore(board.queue.store, (state) => state);
  const rows = new Map<number, Row>();
  for (const [list, ids] of [[soon.rows, soon.shown], [queue.rows, queue.shown]] as const)
    for (const id of ids) {
      const row = list.get(id);
      if (row && (row.due || row.waiting_since)) rows.set(id, row);
    }
  const shown = [...rows.values()].slice(0, MOST);
  return (
    <section class="board-card" aria-labelledby="board-act">
      <h2 id="board-act">{t("board.act")}</h2>
      {shown.length === 0 && <p class="board-none">{t("board.act.none")}</p>}
      <ul>
        {shown.map((row) => (
          <BoardRow key={row.id} row={row} />
        ))}
      </ul>
    </section>
  );
}
