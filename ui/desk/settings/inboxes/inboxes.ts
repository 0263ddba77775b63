// The shop's inboxes and the channels there are, as the server describes them: no channel is known here by name.
import { ApiError } from "../../../kit/api";
import type { Language } from "../../../kit/types";
import { get, post, put } from "../../state/api";

export type Told = Record<Language, string>;

export interface Trouble extends Told {
  stops: boolean;
}

export interface ChannelField {
  name: string;
  title: Told;
  where: Told | null;
  secret: boolean;
  required: boolean;
  shortest: number;
  made_up: boolean;
}

export interface ChannelKind {
  kind: string;
  name: string;
  ours: boolean;
  can_check: boolean;
  can_connect: boolean;
  before: Told[];
  webhook: Told | null;
  after: Told[];
  fields: ChannelField[];
}

export interface Inbox {
  id: number;
  channel: string;
  name: string;
  active: boolean;
  known: boolean;
  troubles: Trouble[];
  checked_at: string | null;
  last_in_at: string | null;
  quota_left: number | null;
  origins: string[];
  /** What is kept, by name; null where it is a secret. */
  credentials: Record<string, string | null>;
  webhook: string;
  key: string | null;
  code: string | null;
}

export type Values = Record<string, string>;

export interface Boxes {
  inboxes: Inbox[];
  channels: ChannelKind[];
}

export async function loadBoxes(): Promise<Boxes> {
  const [boxes, kinds] = await Promise.all([
    get<{ inboxes: Inbox[] }>("/api/inboxes"),
    get<{ channels: ChannelKind[] }>("/api/channels"),
  ]);
  return { ...boxes, ...kinds };
}

export interface SetUp {
  channel: string;
  name: string;
  credentials: Values;
  origins: string[];
}

type One = Promise<{ inbox: Inbox }>;

export const tryOut = (channel: string, credentials: Values): Promise<{ troubles: Trouble[] }> =>
  post("/api/inboxes/try", { channel, credentials });
export const setUp = (body: SetUp): One => post("/api/inboxes", body);
export const check = (id: number): One => post(`/api/inboxes/${id}/check`);
export const connect = (id: number): One => post(`/api/inboxes/${id}/connect`);
export const change = (
  id: number,
  body: Partial<{ name: string; credentials: Values; origins: string[]; active: boolean }>,
): One => put(`/api/inboxes/${id}`, body);

/** What the provider said when it refused values that were to be kept. */
export function troublesOf(problem: unknown): Trouble[] {
  const told = problem instanceof ApiError ? problem.detail.troubles : null;
  return Array.isArray(told) ? (told as Trouble[]) : [];
}

export function withInbox(boxes: Boxes, one: Inbox): Boxes {
  const known = boxes.inboxes.some((other) => other.id === one.id);
  const inboxes = known ? boxes.inboxes.map((other) => (other.id === one.id ? one : other)) : [...boxes.inboxes, one];
  return { ...boxes, inboxes };
}

/** Nobody guesses it, and every provider takes these letters. */
export function madeUp(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(20));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
