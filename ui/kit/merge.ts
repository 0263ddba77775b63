// The order of a thread is its seq and nothing else. These functions are pure so that tests can shuffle
// what the network delivers.
import type { Message } from "./types";

type Placed = Pick<Message, "conversation" | "seq">;

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

function placeOf(message: Placed): string {
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

/** The last seq before the first hole of the newest conversation, or null when there is no hole. */
export function beforeFirstGap(messages: readonly Placed[]): number | null {
  const newest = messages.at(-1)?.conversation;
  let previous: number | null = null;
  for (const message of messages) {
    if (message.conversation !== newest) continue;
    if (previous !== null && message.seq > previous + 1) return previous;
    previous = message.seq;
  }
  return null;
}
