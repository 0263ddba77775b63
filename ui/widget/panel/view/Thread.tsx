// The conversation: one scrolling log, ordered by seq, read aloud as it grows but not when history is loaded.
import { useCallback, useEffect, useLayoutEffect, useMemo, useState } from "preact/hooks";
import { Icon } from "../../../kit/icons";
import { day } from "../../../kit/locale";
import { byPlace } from "../../../kit/merge";
import type { Message, Session } from "../../../kit/types";
import type { Controller } from "../controller";
import { useFar } from "../far";
import { hugAgain } from "../hug";
import { isReceipt, isShown, rowsOf, unsettled, type Row } from "../rows";
import { useReader } from "../scroll";
import { seenSoFar } from "../so-far";
import type { PanelState } from "../state";
import { useWords } from "../words";
import { GroupView } from "./Group";
import { Pending } from "./Pending";
import { PutInLine } from "./PutInLine";
import { QuickReplies } from "./QuickReplies";
import { SoFarView } from "./SoFarView";
import { Thinking } from "./Thinking";
import { useViews } from "./useViews";
import { Waiting } from "./Waiting";
import { Welcome } from "./Welcome";

interface Props {
  state: PanelState;
  session: Session;
  controller: Controller;
}

export function Thread({ state, session, controller }: Props) {
  const { t } = useWords();
  const { messages, entries, conversation, unreadFrom } = state;
  const rows = useMemo(() => rowsOf(messages, unreadFrom), [messages, unreadFrom]);
  const pending = unsettled(entries, messages);
  const soFar = seenSoFar(state, pending);
  const onTop = useCallback(() => void controller.earlier(), [controller]);
  const reader = useReader(onTop, [rows, pending.length, state.typing, soFar, conversation, state.open, state.loadingEarlier]);
  const told = toldGroup(rows, pending.length, conversation?.answered_by === "agent");
  const fresh = useFresh(messages, reader.atEnd);
  useUnreadMark(reader.ref, state);
  const far = useFar(reader.ref, reader.keep, [rows]);
  useRehug(reader.ref, far, reader.toEnd, reader.stuck);
  const settled = useSettled(state.open);
  const views = useViews(rows, told, (row, says) => <RowView key={row.key} row={row} told={says} controller={controller} />);
  return (
    <div class="thread-frame">
      <div class="thread" ref={reader.ref} onScroll={reader.remember} tabIndex={0} role="region" aria-label={t("messages")}>
        {state.loadingEarlier && <p class="thread-note">{t("loadingEarlier")}</p>}
        <div class="log" role="log" aria-live={settled && !state.loadingEarlier ? "polite" : "off"} aria-relevant="additions">
          {!state.hasEarlier && <Welcome session={session} alone={rows.length === 0 && pending.length === 0} controller={controller} />}
          {views}
          {pending.map((entry) => (
            <Pending key={entry.draft.client_id} entry={entry} cut={state.cutAt !== null} controller={controller} />
          ))}
        </div>
        {soFar && <SoFarView soFar={soFar} botName={session.shop.bot_name} />}
        <Thinking state={state} botName={session.shop.bot_name} seen={soFar !== null} />
        {conversation?.status === "open" && conversation.waiting && conversation.answered_by !== "agent" && <Waiting wait={conversation.wait ?? null} controller={controller} />}
        {conversation?.status === "closed" && pending.length === 0 && <p class="thread-note">{t("closed")}</p>}
        {pending.length === 0 && <QuickReplies message={messages.findLast((one) => isShown(one) && !isReceipt(one))} controller={controller} />}
      </div>
      {fresh > 0 && (
        <button class="pill" type="button" onClick={reader.toEnd}>
          {t("newMessages", { n: fresh })}
          {fresh > 1 && <span class="figures">{fresh}</span>}
          <Icon name="down" size={16} />
        </button>
      )}
    </div>
  );
}

/** The group whose state is said in words: the last own one, until the machine's answer makes it plain. */
function toldGroup(rows: Row[], pending: number, person: boolean): Row | undefined {
  const own = rows.findLast((row) => row.kind === "group" && row.own);
  return pending === 0 && (person || own === rows.at(-1)) ? own : undefined;
}

function RowView({ row, told, controller }: { row: Row; told: boolean; controller: Controller }) {
  const { t, language } = useWords();
  if (row.kind === "group") return <GroupView group={row} told={told} controller={controller} />;
  if (row.kind === "day") return <p class="divider">{day(row.at, language)}</p>;
  if (row.kind === "receipt") return <PutInLine message={row.message} till={controller.till} />;
  if (row.kind === "unread") return <p class="divider divider-unread">{t("unreadFrom")}</p>;
  if (row.kind === "joined") return <p class="divider">{t("joined", { name: row.name })}</p>;
  return <p class="divider">{t("backToBot")}</p>;
}

/** How many have come since the reader left the end. */
function useFresh(messages: Message[], atEnd: boolean): number {
  const last = messages.at(-1);
  const [seen, setSeen] = useState(last);
  useEffect(() => {
    if (atEnd) setSeen(last);
  }, [last, atEnd]);
  return atEnd || !seen ? 0 : messages.filter((message) => byPlace(message, seen) > 0).length;
}

/** Opened with something unread: the thread begins where reading stopped. */
function useUnreadMark(ref: { current: HTMLDivElement | null }, { open, unreadFrom }: PanelState): void {
  useLayoutEffect(() => {
    const mark = open ? ref.current?.querySelector<HTMLElement>(".divider-unread") : null;
    if (mark && ref.current) ref.current.scrollTop = mark.offsetTop - mark.offsetHeight;
  }, [open, unreadFrom]);
}

/** What was there when the panel opened is not announced; what comes after is. */
function useSettled(open: boolean): boolean {
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    setSettled(false);
    const timer = setTimeout(() => setSettled(open), 500);
    return () => clearTimeout(timer);
  }, [open]);
  return settled;
}

function useRehug(ref: { current: HTMLDivElement | null }, far: () => void, toEnd: () => void, stuck: { current: boolean }): void {
  useEffect(() => {
    const thread = ref.current;
    if (!thread) return;
    let width = 0;
    const observer = new ResizeObserver(() => {
      if (stuck.current) toEnd();
      if (thread.clientWidth === width) return;
      width = thread.clientWidth;
      far();
      hugAgain(thread);
    });
    observer.observe(thread);
    return () => observer.disconnect();
  }, []);
}
