// One truth per message: the newest of each seq, in the order of seq.
import type { DeskMessage } from "../wire";

/** How far a send has come. Accepted and failed stand level: a provider may take a message and then fail it. */
const REACHED: Record<string, number> = {
  queued: 0, sending: 1, unknown: 2, accepted: 3, failed: 3, cancelled: 3, delivered: 4, read: 5,
};

/** A late frame never takes back what a provider has confirmed, unless the message was tried anew since. */
function later(fresh: DeskMessage, known: DeskMessage | undefined): DeskMessage {
  if (!known || fresh.id !== known.id) return fresh;
  const confirmed = ["accepted", "delivered", "read"].includes(known.state);
  const back = (REACHED[fresh.state] ?? 0) < (REACHED[known.state] ?? 0);
  const anew = (fresh.attempts ?? 0) > (known.attempts ?? 0);
  return confirmed && back && !anew ? { ...fresh, state: known.state, error: known.error } : fresh;
}

/** Puts changed and new messages in: the same seq replaces, the order is that of seq. */
export function mergeMessages(known: readonly DeskMessage[], fresh: readonly DeskMessage[]): DeskMessage[] {
  const last = known.at(-1)?.seq ?? 0;
  // What comes at an end, in order, is put there: of ten thousand none is sorted for it.
  if (isRun(fresh) && (fresh[0]?.seq ?? 0) > last) return [...known, ...fresh];
  if (isRun(fresh) && (fresh.at(-1)?.seq ?? 0) < (known[0]?.seq ?? 0)) return [...fresh, ...known];
  const bySeq = new Map(known.map((message) => [message.seq, message]));
  for (const message of fresh) bySeq.set(message.seq, later(message, bySeq.get(message.seq)));
  return [...bySeq.values()].sort((one, other) => one.seq - other.seq);
}

function isRun(messages: readonly DeskMessage[]): boolean {
  return messages.length > 0 && messages.every((one, index) => index === 0 || one.seq > (messages[index - 1]?.seq ?? 0));
}

export function mergeById<Thing extends { id: number }>(known: readonly Thing[], fresh: readonly Thing[]): Thing[] {
  const byId = new Map(known.map((thing) => [thing.id, thing]));
  for (const thing of fresh) byId.set(thing.id, thing);
  return [...byId.values()].sort((one, other) => one.id - other.id);
}

/** A page of the server joined to what is known; when the two do not touch, the old part would leave a hole. */
export function joinPage(known: readonly DeskMessage[], page: readonly DeskMessage[]): DeskMessage[] {
  const first = page[0]?.seq;
  const last = known.at(-1)?.seq;
  const apart = first !== undefined && last !== undefined && first > last + 1;
  return apart ? [...page] : mergeMessages(known, page);
}
