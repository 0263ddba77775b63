// The one timeline: anchored at its end, older pages above without moving what is read.
import { useCallback, useEffect, useMemo, useRef } from "preact/hooks";
import { Glyph } from "../icons";
import type { OpenThread } from "../state/open-thread";
import { route } from "../state/route";
import { useStore } from "../state/store";
import { dayKey, dayLine } from "../words/time";
import { useLanguage, useWords } from "../words/words";
import { useAnchor } from "./anchor";
import { EarlierTalk } from "./EarlierTalk";
import { HappeningLine } from "./HappeningLine";
import { MessageGroup } from "./MessageGroup";
import { NoteCard } from "./NoteCard";
import { PendingBubble } from "./PendingBubble";
import { StretchView, useNear } from "./StretchView";
import { Stretches, stretchOf } from "./stretches";
import type { Item } from "./timeline";

const NEAR_TOP = 240;

export function Timeline({ thread }: { thread: OpenThread }) {
  const t = useWords();
  const { messages, notes, happenings, hasEarlier, earlier, phase, customer } = useStore(thread.conversation.store, (state) => state);
  useStore(thread.earlier.store, (state) => state);
  const past = customer?.past ?? [];
  const { talks, phase: talking } = thread.earlier.shown(past);
  const more = phase === "ready" && !hasEarlier && thread.earlier.hasMore(past);
  const pending = useStore(thread.pending.store, (state) => state.items);
  const box = useRef<HTMLDivElement>(null);
  const cut = useMemo(() => new Stretches(dayKey), [thread]);
  const stretches = useMemo(() => cut.of(messages, notes, happenings), [cut, messages, notes, happenings]);
  const chosen = useStore(route, (place) => place.seq);
  const near = useNear(stretches, chosen && stretchOf(chosen));
  const draw = useCallback((item: Item) => <ItemView key={item.key} item={item} thread={thread} />, [thread]);
  const last = messages.at(-1)?.seq ?? 0;
  const above = talks.map((one) => one.store.get().messages[0]?.seq ?? 0).join(" ");
  const { away, toEnd, onScroll } = useAnchor(box, `${last}.${notes.length}.${happenings.length}.${pending.length}`, `${messages[0]?.seq} ${above}`);
  useEffect(() => {
    // A short conversation leaves room: the one before it is part of the same story.
    const element = box.current;
    if (more && talking === "idle" && element && element.scrollHeight <= element.clientHeight) void thread.earlier.more(past);
  }, [thread, more, talking, above]);
  useChosenMessage(thread);

  return (
    <div class="thread-frame">
      <div
        class="thread"
        ref={box}
        tabIndex={0}
        role="log"
        aria-label={t("desk.thread")}
        aria-relevant="additions"
        // Older messages are read on request, not announced.
        aria-live={earlier === "loading" || talking === "loading" || phase !== "ready" ? "off" : "polite"}
        onScroll={() => {
          onScroll();
          if (!box.current || box.current.scrollTop >= NEAR_TOP) return;
          if (hasEarlier && earlier === "idle") void thread.conversation.loadEarlier();
          else if (more && talking === "idle") void thread.earlier.more(past);
        }}
      >
        <div class="thread-lane">
          <TopEnd thread={thread} hasEarlier={hasEarlier} />
          {more && <MoreTalks failed={talking === "failed"} onMore={() => void thread.earlier.more(past)} />}
          {talks.map((one) => (
            <EarlierTalk key={one.id} talk={one} openedAt={past.find((known) => known.id === one.id)?.opened_at ?? ""} />
          ))}
          {talks.length > 0 && <p class="divider talk-line">{t("desk.thread.talkNow")}</p>}
          {stretches.map((one) => (
            <StretchView key={one.number} stretch={one} near={near(one.number)} draw={draw} />
          ))}
          {pending.map((one) => (
            <PendingBubble key={one.clientId} pending={one} thread={thread} />
          ))}
        </div>
      </div>
      {away && (
        <button type="button" class="to-end" onClick={toEnd}>
          <Glyph name="down" size={16} />
          {t(away === "new" ? "desk.thread.newest" : "desk.thread.toEnd")}
        </button>
      )}
      <TypingLine thread={thread} />
    </div>
  );
}

function ItemView({ item, thread }: { item: Item; thread: OpenThread }) {
  if (item.type === "day") return <DayLine at={item.at} />;
  if (item.type === "note") return <NoteCard note={item.note} />;
  if (item.type === "happening") return <HappeningLine happening={item.happening} />;
  return <MessageGroup messages={item.messages} of={thread.id} thread={thread} />;
}

function DayLine({ at }: { at: string }) {
  const language = useLanguage();
  const { near, date } = dayLine(at, language);
  return (
    <p class="divider day figures">
      {near && <span>{near}</span>}
      <span>{date}</span>
    </p>
  );
}

function TopEnd({ thread, hasEarlier }: { thread: OpenThread; hasEarlier: boolean }) {
  const t = useWords();
  const earlier = useStore(thread.conversation.store, (state) => state.earlier);
  if (!hasEarlier) return null;
  if (earlier !== "failed") return <p class="thread-top">{t("desk.thread.earlier")}</p>;
  return (
    <p class="thread-top" role="alert">
      {t("desk.thread.earlierFailed")}{" "}
      <button type="button" class="link" onClick={() => void thread.conversation.loadEarlier()}>
        {t("desk.again")}
      </button>
    </p>
  );
}

function MoreTalks({ failed, onMore }: { failed: boolean; onMore: () => void }) {
  const t = useWords();
  return (
    <p class="thread-top" role={failed ? "alert" : undefined}>
      {failed && `${t("desk.thread.earlierFailed")} `}
      <button type="button" class="link" onClick={onMore}>
        {t(failed ? "desk.again" : "desk.thread.talks")}
      </button>
    </p>
  );
}

/** A search hit opens its conversation at the message, however far back it lies. */
function useChosenMessage(thread: OpenThread): void {
  const seq = useStore(route, (place) => place.seq);
  useEffect(() => {
    if (!seq) return;
    let left = false;
    void thread.conversation.reach(seq).then(() =>
      requestAnimationFrame(() => {
        const message = left ? null : document.getElementById(`message-${thread.id}-${seq}`);
        message?.scrollIntoView({ block: "center" });
        message?.focus({ preventScroll: true });
      }),
    );
    return () => {
      left = true;
    };
  }, [thread, seq]);
}

function TypingLine({ thread }: { thread: OpenThread }) {
  const t = useWords();
  const typing = useStore(thread.conversation.store, (state) => state.typing);
  if (!typing) return null;
  const words = typing.sender === "agent" ? t("desk.typing.agent", { name: typing.name ?? "" }) : t(`desk.typing.${typing.sender}`);
  return (
    <p class="typing">
      <Glyph name="more" size={16} />
      {words}
    </p>
  );
}
