// A conversation of before, above the open one: read, not answered; its line leads to it.
import { useMemo } from "preact/hooks";
import { addressOf, go, isPlainPress, route } from "../state/route";
import { useStore } from "../state/store";
import { dayKey, shortDate } from "../words/time";
import { useLanguage, useWords } from "../words/words";
import type { Conversation } from "./conversation";
import { HappeningLine } from "./HappeningLine";
import { MessageGroup } from "./MessageGroup";
import { NoteCard } from "./NoteCard";
import { timeline } from "./timeline";

export function EarlierTalk({ talk, openedAt }: { talk: Conversation; openedAt: string }) {
  const t = useWords();
  const language = useLanguage();
  const { messages, notes, happenings } = useStore(talk.store, (state) => state);
  const items = useMemo(() => timeline(messages, notes, happenings, dayKey), [messages, notes, happenings]);
  const words = t("desk.thread.talk", { date: shortDate(openedAt, language) });
  return (
    <section class="talk" aria-label={words}>
      <p class="divider talk-line">
        <a
          class="link"
          href={addressOf({ ...route.get(), conversation: talk.id, seq: null })}
          onClick={(event) => {
            if (!isPlainPress(event)) return;
            event.preventDefault();
            go({ conversation: talk.id });
          }}
        >
          {words}
        </a>
      </p>
      {items.map((item) => {
        if (item.type === "note") return <NoteCard key={item.key} note={item.note} />;
        if (item.type === "happening") return <HappeningLine key={item.key} happening={item.happening} />;
        if (item.type === "group") return <MessageGroup key={item.key} messages={item.messages} of={talk.id} />;
        return null;
      })}
    </section>
  );
}
