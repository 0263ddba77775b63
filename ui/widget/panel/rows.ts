// From messages to what stands in the thread: days, joinings, the unread mark, and groups of one speaker.
import { byPlace, type Placed } from "../../kit/merge";
import type { Entry } from "../../kit/outbox";
import type { Message } from "../../kit/types";
import type { Draft } from "./calls";

export type Row =
  | { kind: "day"; key: string; at: string }
  | { kind: "joined"; key: string; name: string }
  | { kind: "bot"; key: string }
  | { kind: "unread"; key: string }
  | { kind: "receipt"; key: string; message: Message }
  | { kind: "group"; key: string; own: boolean; person: boolean; name: string | null; messages: Message[] };

export type Group = Extract<Row, { kind: "group" }>;

const GROUP_MS = 3 * 60 * 1000;
const HIDDEN = new Set(["queued", "sending", "cancelled", "failed"]);

/** What the shop has not brought out yet, or never will, is not the shopper's to see. */
export function isShown(message: Message): boolean {
  return message.direction === "in" || !HIDDEN.has(message.state);
}

/** What the shopper's own press did, said by the shop. */
export function isReceipt(message: Message): boolean {
  return isNews(message) && message.client_id!.startsWith("press:");
}

/** Said by the shop of itself and no answer: nobody takes over by it. */
function isNews(message: Message): boolean {
  return message.direction === "out" && message.sender === "bot" && message.client_id !== null;
}

export function rowsOf(messages: readonly Message[], unreadFrom: Placed | null): Row[] {
  const rows: Row[] = [];
  let before: Message | null = null;
  let answerer: "bot" | "agent" | null = null;
  let marked = unreadFrom === null;
  for (const message of messages.filter(isShown)) {
    const key = `${message.conversation}:${message.seq}`;
    if (!before || dayOf(before) !== dayOf(message)) rows.push({ kind: "day", key: `d${key}`, at: message.occurred_at });
    if (!marked && message.direction === "out" && byPlace(message, unreadFrom!) >= 0) {
      rows.push({ kind: "unread", key: "unread" });
      marked = true;
    }
    if (isReceipt(message)) {
      rows.push({ kind: "receipt", key: `r${key}`, message });
      before = message;
      continue;
    }
    const speaks = (message.sender === "agent" || message.sender === "bot") && !isNews(message);
    const speaker = speaks ? (message.sender as "agent" | "bot") : null;
    if (speaker === "agent" && answerer !== "agent") rows.push({ kind: "joined", key: `j${key}`, name: message.name ?? "" });
    if (speaker === "bot" && answerer === "agent") rows.push({ kind: "bot", key: `b${key}` });
    answerer = speaker ?? answerer;
    const last = rows.at(-1);
    if (last?.kind === "group" && before && together(before, message)) last.messages.push(message);
    else rows.push(newGroup(message, key));
    before = message;
  }
  return rows;
}

function newGroup(message: Message, key: string): Group {
  return {
    kind: "group",
    key: `g${key}`,
    own: message.direction === "in",
    person: message.sender === "agent",
    name: message.name,
    messages: [message],
  };
}

/** Nothing of it is to be drawn anew; a message that changed is another object. */
export function sameRow(one: Row, other: Row): boolean {
  if (one.kind === "group" && other.kind === "group") return sameGroup(one, other);
  if (one.kind === "receipt" && other.kind === "receipt") return one.message === other.message;
  if (one.kind === "joined" && other.kind === "joined") return one.name === other.name;
  if (one.kind === "day" && other.kind === "day") return one.at === other.at;
  return one.kind === other.kind;
}

function sameGroup(one: Group, other: Group): boolean {
  const alike = one.own === other.own && one.person === other.person && one.name === other.name;
  return alike && one.messages.length === other.messages.length && one.messages.every((message, at) => message === other.messages[at]);
}

function together(a: Message, b: Message): boolean {
  const close = Math.abs(Date.parse(b.occurred_at) - Date.parse(a.occurred_at)) <= GROUP_MS;
  return close && a.sender === b.sender && a.agent === b.agent;
}

const days = new WeakMap<Message, string>();

/** Asked of every message whenever one more comes. */
function dayOf(message: Message): string {
  const day = days.get(message) ?? new Date(message.occurred_at).toDateString();
  days.set(message, day);
  return day;
}

/** Only what is not yet in the thread: an answer may be slower than its echo. */
export function unsettled(entries: readonly Entry<Draft>[], messages: readonly Message[]): Entry<Draft>[] {
  const shown = new Set(messages.map((message) => message.client_id));
  return entries.filter((entry) => !shown.has(entry.draft.client_id));
}
