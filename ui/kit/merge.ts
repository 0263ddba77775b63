// The order of a thread is its seq and nothing else. These functions are pure so that tests can shuffle
// what the network delivers.
import type { Message } from "./types";

/** A message's place: the seq begins anew with every conversation, so neither says anything alone. */
export type Placed = Pick<Message, "conversation" | "seq">;

/** Conversations follow each other in time; a later one starts its seq anew. */
export function byPlace(a: Placed, b: Placed): number {
  return a.conversation - b.conversation || a.seq - b.seq;
}

/** What the live stream says: the same place is replaced, everything else takes its place. */
export function merge<M extends Placed>(known: readonly M[], incoming: readonly M[]): M[] {
  return combine(known, incoming, true);
}

/** What a page of history says: it fills holes, but never overwrites what the live stream said since. */
export function fillIn<M extends Placed>(known: readonly M[], incoming: readonly M[]): M[] {
  return combine(known, incoming, false);
}

function combine<M extends Placed>(known: readonly M[], incoming: readonly M[], replace: boolean): M[] {
  if (incoming.length === 0) return known as M[];
  const places = new Map(known.map((message) => [placeOf(message), message]));
  for (const message of incoming) {
    const place = placeOf(message);
    if (replace || !places.has(place)) places.set(place, message);
  }
  return [...places.values()].sort(byPlace);
}

export function placeOf(message: Placed): string {
  return `${message.conversation}:${message.seq}`;
}

/**
 * Without the changes of messages that are not loaded: a thread that begins at 51 must not get a lonely 12,
 * because 12 comes as it is by then with the page of history it belongs to.
 */
export function withinReach<M extends Placed>(known: readonly M[], incoming: readonly M[]): M[] {
  const first = known[0];
  return first ? incoming.filter((message) => byPlace(message, first) >= 0) : [...incoming];
}

/**
 * Where the first hole of the newest conversation begins (the place before it), or null when there is none.
 * Holes that were asked about before are known to be real: they stand for what this reader may not see.
 */
export function beforeFirstGap(messages: readonly Placed[], known: ReadonlySet<string> = new Set()): Placed | null {
  const newest = messages.at(-1)?.conversation;
  // Beside an older conversation the newest stands whole, from its first message on.
  let previous: Placed | null = null;
  if (newest !== undefined && messages[0]!.conversation !== newest) previous = { conversation: newest, seq: 0 };
  for (const message of messages) {
    if (message.conversation !== newest) continue;
    if (previous && message.seq > previous.seq + 1 && !known.has(placeOf(previous))) return previous;
    previous = message;
  }
  return null;
}
