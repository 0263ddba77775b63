import { useState } from "preact/hooks";
import { Glyph } from "../icons";
import { ChannelMark, PersonMark } from "../marks";
import { DueChip } from "../staff/DueChip";
import { post } from "../state/api";
import { useDesk } from "../state/desk-context";
import { leavePage } from "../state/pages";
import { go } from "../state/route";
import type { Row } from "../wire";
import { useNow, waited } from "../words/time";
import { nameOf, useWords } from "../words/words";

/** A conversation with what a supervisor may do about it: look, or take over what they saw. */
export function BoardRow({ row }: { row: Row }) {
  const t = useWords();
  const desk = useDesk();
  const now = useNow();
  const [failed, setFailed] = useState(false);
  const name = nameOf(t, row.customer);
  const open = () => {
    leavePage();
    go({ conversation: row.id, query: null });
  };
  const take = async () => {
    setFailed(false);
    try {
      const { conversation } = await post(`/api/conversations/${row.id}/take`, { epoch: row.epoch });
      desk.rowChanged(conversation);
      desk.board.rows([conversation]);
      open();
    } catch {
      setFailed(true);
    }
  };
  return (
    <li class="board-row">
      <span class="row-who">
        <PersonMark name={row.customer.name} size={32} />
        <ChannelMark channel={row.channel} class="row-channel" />
      </span>
      <span class="board-words">
        <span>
          <b>{name}</b> <span class="quiet">{row.assignee?.name ?? t("board.unassigned")}</span>
        </span>
        <span class="board-preview" lang={row.language}>
          {row.preview || t("desk.row.noPreview")}
        </span>
        {failed && (
          <span class="fault" role="alert">
            <Glyph name="alert" size={14} />
            {t("board.take.failed")}
          </span>
        )}
      </span>
      {row.due ? <DueChip row={row} /> : row.waiting_since && <span class="quiet figures">{waited(t, row.waiting_since, now)}</span>}
      <span class="board-acts">
        <button type="button" class="act" aria-label={`${t("board.look")} ${name}`} onClick={open}>
          {t("board.look")}
        </button>
        {row.assignee?.id !== desk.agent.id && (
          <button type="button" class="act" aria-label={`${t("board.take")} ${name}`} onClick={() => void take()}>
            {t("board.take")}
          </button>
        )}
      </span>
    </li>
  );
}
