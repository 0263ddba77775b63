// Messages, notes and happenings as one line of items, with days and groups.
import type { Block, DeskMessage, Happening, Note } from "../wire";

export type Item =
  | { type: "day"; key: string; at: string }
  | { type: "group"; key: string; messages: DeskMessage[] }
  | { type: "note"; key: string; note: Note }
  | { type: "happening"; key: string; happening: Happening };

const GROUP_MS = 3 * 60_000;

interface Placed {
  after: number;
  rank: number;
  at: string;
  message?: DeskMessage;
  note?: Note;
  happening?: Happening;
}

/** Messages, notes and happenings of one stretch, in the server's order; a day is said where it begins. */
export function itemsOf(
  messages: readonly DeskMessage[],
  notes: readonly Note[],
  happenings: readonly Happening[],
  dayOf: (at: string) => string,
  dayBefore: string,
): { items: Item[]; day: string } {
  const placed: Placed[] = [
    ...messages.map((message) => ({ after: message.seq, rank: 0, at: message.occurred_at, message })),
    ...happenings.map((happening) => ({ after: happening.after_seq, rank: 1, at: happening.at, happening })),
    ...notes.map((note) => ({ after: note.after_seq, rank: 1, at: note.at, note })),
  ];
  placed.sort((one, other) => one.after - other.after || one.rank - other.rank || (one.at < other.at ? -1 : 1));
  const items: Item[] = [];
  let day = dayBefore;
  for (const one of placed) {
    const own = dayOf(one.at);
    if (own > day) {
      day = own;
      items.push({ type: "day", key: `day-${day}`, at: one.at });
    }
    place(items, one);
  }
  return { items, day };
}

function place(items: Item[], one: Placed): void {
  if (one.note) items.push({ type: "note", key: `note-${one.note.id}`, note: one.note });
  else if (one.happening)
    items.push({ type: "happening", key: `happening-${one.happening.id}`, happening: one.happening });
  else if (one.message) {
    const last = items.at(-1);
    const before = last?.type === "group" ? last.messages.at(-1) : undefined;
    if (last?.type === "group" && before && together(before, one.message)) last.messages.push(one.message);
    else items.push({ type: "group", key: `message-${one.message.seq}`, messages: [one.message] });
  }
}

/** One speaker within three minutes shares name and avatar; trouble with a send ends a group. */
function together(before: DeskMessage, next: DeskMessage): boolean {
  const gap = Date.parse(next.occurred_at) - Date.parse(before.occurred_at);
  return (
    before.direction === next.direction &&
    before.sender === next.sender &&
    before.agent === next.agent &&
    before.channel === next.channel &&
    gap >= 0 &&
    gap <= GROUP_MS
  );
}

/** What of a message can be copied: its words, or what stands for the blocks that have none. */
export function wordsOf(message: DeskMessage): string {
  const { content } = message;
  if (content && "text" in content && content.text) return content.text;
  return message.blocks.map(wordsOfBlock).filter(Boolean).join("\n");
}

function wordsOfBlock(block: Block): string {
  return block.type === "text" ? block.text : (block.alt_text ?? "");
}
