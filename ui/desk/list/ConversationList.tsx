// The list of the open view: its own order held still under the hand, its pages, and its quiet states.
import type { RefObject } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Glyph } from "../icons";
import { PHONE, useMedia } from "../shell/media";
import { ViewLinks } from "../shell/ViewLinks";
import { useDesk } from "../state/desk-context";
import { BulkBar } from "../sorting/BulkBar";
import { NarrowMenu } from "../sorting/NarrowMenu";
import { filterQuery } from "../sorting/filter";
import { route } from "../state/route";
import { useStore } from "../state/store";
import type { View } from "../wire";
import { useNow } from "../words/time";
import { useWords } from "../words/words";
import { ConversationRow, RowPick } from "./ConversationRow";
import { RowSkeletons } from "./RowSkeletons";
import type { Inbox } from "./inbox";

const ROW_HEIGHT = 85;
const OVERSCAN = 10;
/** On a phone only the first chips are in sight, so the one it opens with comes first. */
const PHONE_VIEWS: readonly View[] = ["open", "mine", "mentions", "unassigned", "late", "waiting", "snoozed", "bot", "closed"];

export function ConversationList() {
  const t = useWords();
  const { inbox, agent } = useDesk();
  const { view, only, phase, shown, counts, moved } = useStore(inbox.store, (state) => state);
  const narrowed = filterQuery(only) !== "";
  const phone = useMedia(PHONE);
  const box = useRef<HTMLDivElement>(null);
  const hold = useHold(inbox);
  // Where nothing else is on the screen, the list is its main part.
  const Box = phone ? "main" : "section";
  const Title = phone ? "h1" : "h2";
  return (
    <Box class="list-column" aria-label={t("desk.list")} {...hold}>
      <header class="head">
        <Title class="head-title">{phone ? agent.merchant.name : t(`desk.view.${view}`)}</Title>
        {!phone && !narrowed && counts[view] !== undefined && <span class="head-count figures">{counts[view]}</span>}
        <NarrowMenu />
      </header>
      {phone && <ViewLinks views={PHONE_VIEWS} />}
      <BulkBar />
      {moved > 0 && (
        <button type="button" class="moved" title={t("desk.list.apply")} onClick={() => inbox.sort(true)}>
          <Glyph name="swap" size={14} />
          {t("desk.list.moved", { n: moved })}
        </button>
      )}
      <div class="rows" id="list" ref={box} tabIndex={-1} onScroll={() => maybeMore(box.current, inbox)}>
        {phase === "loading" && <RowSkeletons />}
        {phase === "failed" && (
          <ListNotice words={t("desk.list.failed")} again={() => void inbox.load()} />
        )}
        {phase === "ready" && shown.length === 0 && <p class="rows-empty">{t(narrowed ? "desk.empty.narrowed" : `desk.empty.${view}`)}</p>}
        {phase === "ready" && shown.length > 0 && <Rows box={box} />}
        {phase === "ready" && <PageEnd />}
      </div>
    </Box>
  );
}

/** Pointer or focus in the list: nothing moves there until both have left. */
function useHold(inbox: Inbox) {
  const inside = useRef({ pointer: false, focus: false });
  const tell = (change: Partial<{ pointer: boolean; focus: boolean }>) => {
    inside.current = { ...inside.current, ...change };
    inbox.hold(inside.current.pointer || inside.current.focus);
  };
  return {
    // A finger lifts without leaving, so only a mouse or a pen holds.
    onPointerEnter: (event: PointerEvent) => event.pointerType !== "touch" && tell({ pointer: true }),
    onPointerLeave: () => tell({ pointer: false }),
    onFocusCapture: (event: FocusEvent) => {
      if ((event.target as HTMLElement).matches(":focus-visible")) tell({ focus: true });
    },
    onBlurCapture: (event: FocusEvent) => {
      if (!(event.currentTarget as HTMLElement).contains(event.relatedTarget as Node)) tell({ focus: false });
    },
  };
}

function maybeMore(box: HTMLElement | null, inbox: Inbox): void {
  if (box && box.scrollTop + 2 * box.clientHeight > box.scrollHeight) void inbox.more();
}

/** Only the rows near the window are drawn: all have the same height. */
function Rows({ box }: { box: RefObject<HTMLDivElement | null> }) {
  const { inbox, chosen } = useDesk();
  const { rows, shown, next } = useStore(inbox.store, (state) => state);
  const ids = useStore(chosen.store, (state) => state.ids);
  const open = useStore(route, (place) => place.conversation);
  const now = useNow();
  const [from, to] = useWindow(box, shown.length);
  return (
    <ul class={ids.size > 0 ? "row-list row-list-picking" : "row-list"} style={{ height: `${shown.length * ROW_HEIGHT}px` }}>
      {shown.slice(from, to).map((id, index) => {
        const row = rows.get(id);
        if (!row) return null;
        const place = from + index;
        return (
          <li
            key={id}
            class="row-place"
            style={{ transform: `translateY(${place * ROW_HEIGHT}px)` }}
            aria-setsize={next ? -1 : shown.length}
            aria-posinset={place + 1}
          >
            <ConversationRow row={row} current={id === open} now={now} />
            <RowPick row={row} picked={ids.has(id)} />
          </li>
        );
      })}
    </ul>
  );
}

function useWindow(box: RefObject<HTMLDivElement | null>, count: number): [number, number] {
  const [range, setRange] = useState<[number, number]>([0, 30]);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const look = () => {
      const first = Math.max(0, Math.floor(element.scrollTop / ROW_HEIGHT) - OVERSCAN);
      const last = Math.ceil((element.scrollTop + element.clientHeight) / ROW_HEIGHT) + OVERSCAN;
      setRange((was) => (was[0] === first && was[1] === last ? was : [first, last]));
    };
    look();
    element.addEventListener("scroll", look, { passive: true });
    const size = new ResizeObserver(look);
    size.observe(element);
    return () => {
      element.removeEventListener("scroll", look);
      size.disconnect();
    };
  }, [box, count]);
  return range;
}

function PageEnd() {
  const t = useWords();
  const { inbox } = useDesk();
  const { paging } = useStore(inbox.store, (state) => state);
  if (paging === "loading")
    return (
      <p class="rows-end" role="status">
        {t("desk.list.more")}
      </p>
    );
  if (paging === "failed") return <ListNotice words={t("desk.list.moreFailed")} again={() => void inbox.more()} />;
  return null;
}

function ListNotice({ words, again }: { words: string; again: () => void }) {
  const t = useWords();
  return (
    <div class="rows-notice" role="alert">
      <p>{words}</p>
      <button type="button" class="button button-line" onClick={again}>
        {t("desk.again")}
      </button>
    </div>
  );
}
