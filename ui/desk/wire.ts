// The words of docs/en/reference/web-protocol.md that the desk reads and writes.

import type { CartItem, Message } from "../kit/types";

export type { Action, Block, Content, Degradation, FileRef, Money, ProductCard } from "../kit/types";

export type View = "open" | "mine" | "unassigned" | "bot" | "waiting" | "late" | "snoozed" | "closed" | "mentions";
export const VIEWS: readonly View[] = ["mine", "mentions", "unassigned", "open", "late", "waiting", "snoozed", "bot", "closed"];

export type Priority = "urgent" | "high" | "normal" | "low";
export const PRIORITIES: readonly Priority[] = ["urgent", "high", "normal", "low"];

/** What narrows a view; what is absent does not matter. */
export interface Filter {
  label?: number;
  priority?: Priority;
  channel?: string;
  team?: number;
  assignee?: number;
}

/** Until when something is to be done for a conversation; late: that time was over. */
export interface Due {
  at: string;
  kind: string;
  late: boolean;
}

export interface SavedView {
  id: number;
  name: string;
  view: View;
  only: Filter;
  /** 100 means 100 or more. */
  count: number;
}

export interface Label {
  id: number;
  name: string;
}

export interface Team {
  id: number;
  name: string;
  members: number[];
}

export interface Person {
  id: number;
  name: string;
}

/** A customer; who has not said a name has none. */
export interface Shopper {
  id: number;
  name: string | null;
}

export interface Agent extends Person {
  email: string;
  role: "owner" | "admin" | "agent";
  language: string;
  merchant: { id: number; name: string; currency: string; timezone: string };
}

export interface Row {
  id: number;
  customer: Shopper;
  channel: string;
  status: "open" | "closed";
  answered_by: "bot" | "agent" | "nobody";
  assignee: Person | null;
  team: Label | null;
  priority: Priority;
  labels: Label[];
  /** Put aside; without a time until the customer writes. */
  snoozed: { until: string | null } | null;
  due: Due | null;
  epoch: number;
  last_seq: number;
  unread: number;
  waiting_since: string | null;
  language: string;
  preview: string;
  preview_sender: "customer" | "bot" | "agent" | "campaign";
  updated_at: string;
}

export type Counts = Partial<Record<View, number>>;

/** A message as the desk sees it: with its attempts, and how it left when a channel could not carry all of it. */
export interface DeskMessage extends Message {
  /** A mail's subject, and all that it said when that is more than the message shows. */
  letter?: { subject: string; original: string } | null;
  attempts?: number;
  /** It failed for good: trying the same again cannot help. */
  permanent?: boolean;
  sent_as?: unknown;
}

export interface Note {
  id: number;
  after_seq: number;
  /** null: the bot left it */
  agent: Person | null;
  text: string;
  /** Whispered: for this agent above all. */
  to: Person | null;
  /** Whom it names with @. */
  mentions?: Person[];
  at: string;
}

export interface BoardTotals {
  waiting: number;
  queued: number;
  late: number;
  bot: number;
  agent: number;
  longest_since: string | null;
  first_reply_s: number | null;
  first_replies: number;
  first_reply_definition: string;
}

export interface BoardLine {
  channel: string;
  waiting: number;
  longest_since: string | null;
}

export interface BoardAgent extends Person {
  status: "online" | "away" | "offline";
  since: string | null;
  load: number;
  has: number;
  capacity: number;
  skills: string[];
}

/** Each says how things stand, whatever was said before. */
export interface BoardEvent {
  totals?: BoardTotals;
  line?: BoardLine;
  agent?: BoardAgent;
}

export interface Happening {
  id: number;
  after_seq: number;
  kind: string;
  by: Person | null;
  reason: string | null;
  at: string;
}

export interface Address {
  id: number;
  channel: string;
  kind: string;
  label: string;
  grade: string;
  blocked_at: string | null;
  advertising: "granted" | "refused" | "unknown";
}

export interface Cart {
  items: CartItem[];
  at: string;
}

export interface Page {
  url: string;
  title: string;
  at: string;
}

export interface Customer extends Shopper {
  language: string;
  addresses: Address[];
  pages: Page[];
  cart: Cart | null;
  past: { id: number; opened_at: string; closed_at: string | null; preview: string }[];
  /** What the customer thought of conversations, newest first. */
  ratings?: { conversation: number; score: number; words: string }[];
}

export interface Route {
  identity: number;
  channel: string;
  label: string;
  open: boolean;
  kind: string;
  cost: "free" | "metered";
  /** Of an open one: until when. Of a closed one: when its window ended. */
  expires_at: string | null;
  closed: "blocked" | "quota" | "window_closed" | "inbox_off" | null;
  reason: string | null;
  /** The conversation is held here: the next answers go here. */
  held: boolean;
  /** It is proven that the address is the customer's: the conversation may go on there. */
  carries: boolean;
  /** Approved message templates that may go there, also where nothing else may. */
  templates: number;
  quota: Quota | null;
}

/** This month's paid messages of an inbox: left by the provider's word, used and expected by ours. */
export interface Quota {
  left: number | null;
  used: number;
  forecast: number;
  runs_out_at: string | null;
}

export interface ConversationPage {
  conversation: Row;
  customer: Customer;
  messages: DeskMessage[];
  notes: Note[];
  happenings: Happening[];
  routes: Route[];
  has_earlier: boolean;
  /** A note names this agent, who has not looked yet. */
  mentioned?: boolean;
}

export interface Hit {
  conversation: number;
  message: number;
  seq: number;
  customer: Shopper;
  channel: string;
  text: string;
  occurred_at: string;
}

export type LiveEvent =
  | { kind: "row"; conversation: Row }
  | { kind: "message"; message: DeskMessage }
  | { kind: "note"; conversation: number; note: Note }
  | { kind: "happening"; conversation: number; happening: Happening }
  | { kind: "typing"; conversation: number; sender: "customer" | "agent"; name: string | null }
  | ({ kind: "board" } & BoardEvent)
  | { kind: "attendance"; agent: number; status: BoardAgent["status"] }
  | { kind: "whisper" | "mention"; conversation: number; note: Note }
  | { kind: "presence"; conversation: number; agents: Person[] }
  | { kind: "visitor"; conversation: number; pages: Page[]; cart: Cart | null };
