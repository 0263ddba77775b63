// One row: who and how long, what was said last, and who has it. One link, read in that order.
import { readDraft } from "../composer/drafts";
import { Glyph } from "../icons";
import { ChannelMark, PersonMark } from "../marks";
import { useDesk } from "../state/desk-context";
import { addressOf, go, isPlainPress, route } from "../state/route";
import { DueChip } from "../staff/DueChip";
import { useStore } from "../state/store";
import type { Row } from "../wire";
import { PriorityChip } from "../sorting/PriorityChoices";
import { shortTime, useNow, waited } from "../words/time";
import { nameOf, useChannelName, useLanguage, useWords, wordOr } from "../words/words";

interface RowProps {
  row: Row;
  current: boolean;
  now: number;
}

export function ConversationRow({ row, current, now }: RowProps) {
  const t = useWords();
  const language = useLanguage();
  const channelName = useChannelName();
  const place = useStore(route, (state) => state);
  const time = row.waiting_since ? waited(t, row.waiting_since, now) : shortTime(row.updated_at, language, now);
  return (
    <a
      class={row.unread > 0 ? "row row-unread" : "row"}
      href={addressOf({ ...place, conversation: row.id, seq: null })}
      aria-current={current ? "true" : undefined}
      data-row={row.id}
      onClick={(event) => {
        if (!isPlainPress(event)) return;
        event.preventDefault();
        go({ conversation: row.id });
      }}
    >
      {row.unread > 0 && <span class="row-dot" aria-hidden="true" />}
      <span class="row-who">
        <PersonMark name={row.customer.name} size={32} />
        <ChannelMark channel={row.channel} class="row-channel" />
      </span>
      <span class="row-name">{nameOf(t, row.customer)}</span>
      <span class="unseen">{channelName(row.channel)}</span>
      <span class="row-time figures">{time}</span>
      {row.unread > 0 && <span class="unseen">{t("desk.row.unread", { n: row.unread })}</span>}
      <Preview row={row} current={current} />
      <Chips row={row} />
    </a>
  );
}

function Preview({ row, current }: { row: Row; current: boolean }) {
  const t = useWords();
  const { agent } = useDesk();
  // The draft of the open conversation changes with every key; its row need not say so.
  const draft = current ? "" : readDraft(agent.id, row.id, "reply");
  if (draft)
    return (
      <span class="row-preview">
        <Glyph name="pencil" size={12} class="row-pencil" />
        {t("desk.row.draft", { text: draft })}
      </span>
    );
  const text = row.preview || t("desk.row.noPreview");
  const said =
    row.preview_sender === "bot" ? t("desk.row.botSaid", { text })
    : row.preview_sender === "agent" ? t("desk.row.agentSaid", { text })
    : text;
  return (
    <span class="row-preview" lang={row.language}>
      {said}
    </span>
  );
}

function Chips({ row }: { row: Row }) {
  const t = useWords();
  const language = useLanguage();
  return (
    <span class="row-chips">
      <PriorityChip priority={row.priority} />
      <StateChip row={row} />
      {row.labels.map((one) => (
        <span class="chip chip-label" key={one.id}>
          {one.name}
        </span>
      ))}
      {row.language && row.language !== language && (
        <span class="chip chip-line">{wordOr(t, `desk.row.${row.language}`, row.language.toUpperCase())}</span>
      )}
      <span class="row-end">
        <DueChip row={row} />
        {row.status === "open" && row.answered_by === "agent" && !row.waiting_since && (
          <span class="row-turn">{t("desk.row.theirTurn")}</span>
        )}
        {row.assignee && (
          <span title={t("desk.row.assigned", { name: row.assignee.name })}>
            <PersonMark name={row.assignee.name} size={20} />
            <span class="unseen">{t("desk.row.assigned", { name: row.assignee.name })}</span>
          </span>
        )}
      </span>
    </span>
  );
}

/** The box to choose a row for one deed with others; it lies on the row, not inside its link. */
export function RowPick({ row, picked }: { row: Row; picked: boolean }) {
  const t = useWords();
  const { chosen, inbox } = useDesk();
  return (
    <label class="row-pick">
      <input
        type="checkbox"
        checked={picked}
        aria-label={t("desk.bulk.choose", { name: nameOf(t, row.customer) })}
        onClick={(event) => (event.shiftKey ? chosen.reach(row.id, inbox.store.get().shown) : chosen.turn(row.id))}
      />
    </label>
  );
}

function StateChip({ row }: { row: Row }) {
  const t = useWords();
  const language = useLanguage();
  const now = useNow();
  if (row.snoozed)
    return (
      <span class="chip">
        <Glyph name="moon" size={12} />
        {row.snoozed.until ? t("desk.row.snoozed", { time: shortTime(row.snoozed.until, language, now) }) : t("desk.snooze.reply")}
      </span>
    );
  if (row.status === "closed")
    return <span class="chip"><Glyph name="check" size={12} />{t("desk.row.closed")}</span>;
  if (row.answered_by === "bot")
    return <span class="chip chip-ai"><Glyph name="bot" size={12} />{t("desk.row.bot")}</span>;
  if (row.answered_by === "nobody")
    return <span class="chip chip-yamabuki"><Glyph name="hand" size={12} />{t("desk.row.nobody")}</span>;
  if (row.waiting_since) return <span class="chip">{t("desk.row.agent")}</span>;
  return <span class="chip chip-matsu"><Glyph name="check" size={12} />{t("desk.row.replied")}</span>;
}
