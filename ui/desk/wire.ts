// What the desk reads and writes by its own names: the records are the server's, the live events are
// those of docs/en/reference/web-protocol.md.

import type * as server from "./server";

export type { Action, Block, Content, Degradation, FileRef, Money, ProductCard } from "../kit/types";

export type {
  Address,
  BoardAgent,
  Customer,
  DeskMessage,
  Due,
  Happening,
  Hit,
  Label,
  Note,
  Page,
  Person,
  Quota,
  Route,
  Row,
  SavedView,
  Shopper,
  Team,
} from "./server";
export type { Conversation as ConversationPage, FilterShape as Filter, Line as BoardLine, OwnAgent as Agent, SeenCart as Cart, Totals as BoardTotals } from "./server";

export type View = server.SavedView["view"];
export const VIEWS: readonly View[] = ["mine", "mentions", "unassigned", "open", "late", "waiting", "snoozed", "bot", "closed"];

export type Priority = server.Row["priority"];
export const PRIORITIES: readonly Priority[] = ["urgent", "high", "normal", "low"];

export type Counts = Partial<Record<View, number>>;

/** Each says how things stand, whatever was said before. */
export interface BoardEvent {
  totals?: server.Totals;
  line?: server.Line;
  agent?: server.BoardAgent;
}

export type LiveEvent =
  | { kind: "row"; conversation: server.Row }
  | { kind: "message"; message: server.DeskMessage }
  | { kind: "note"; conversation: number; note: server.Note }
  | { kind: "happening"; conversation: number; happening: server.Happening }
  | { kind: "typing"; conversation: number; sender: "customer" | "agent" | "bot"; name: string | null }
  | ({ kind: "board" } & BoardEvent)
  | { kind: "attendance"; agent: number; status: server.BoardAgent["status"] }
  | { kind: "whisper" | "mention"; conversation: number; note: server.Note }
  | { kind: "presence"; conversation: number; agents: server.Person[] }
  | { kind: "visitor"; conversation: number; pages: server.Page[]; cart: server.SeenCart | null };
