// A conversation of before, above the open one: read, not answered; its line leads to it.
import { useCallback, useMemo } from "preact/hooks";
import { addressOf, go, isPlainPress, route } from "../state/route";
import { useStore } from "../state/store";
import { dayKey, shortDate } from "../words/time";
import { useLanguage, useWords } from "../words/words";
import type { Conversation } from "./conversation";
import { HappeningLine } from "./HappeningLine";
import { MessageGroup } from "./MessageGroup";
import { NoteCard } from "./NoteCard";
import { StretchView, useNear } from "./StretchView";
import { Stretches } from "./stretches";
import type { Item } from "./timeline";

export function EarlierTalk({ talk, openedAt }: { talk: Conversation; openedAt: string }) {
  const t = useWords();
  const language = useLanguage();
  const { messages, notes, happenings } = useStore(talk.store, (state) => state);
  const cut = useMemo(() => new Stretches(dayKey), [talk]);
  const stretches = useMemo(() => cut.of(messages, notes, happenings), [cut, messages, notes, happenings]);
  const near = useNear(stretches, null);
  const draw = useCallback((item: Item) => <PastItem key={item.key} item={item} of={talk.id} />, [talk]);
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
      {stretches.map((one) => (
        <StretchView key={one.number} stretch={one} near={near(one.number)} draw={draw} />
      ))}
    </section>
  );
}

function PastItem({ item, of }: { item: Item; of: number }) {
  if (item.type === "note") return <NoteCard note={item.note} />;
  if (item.type === "happening") return <HappeningLine happening={item.happening} />;
  if (item.type === "group") return <MessageGroup messages={item.messages} of={of} />;
  return null;
}
