// The shop's inboxes and the channels there are, as the server describes them: no channel is known here by name.
import { ApiError } from "../../../kit/api";
import { get, post, put } from "../../state/api";
import type { Channel, Inbox, InboxKept, Tried, Trouble } from "../../server";

export type { Channel as ChannelKind, Field as ChannelField, Inbox, Told, Trouble } from "../../server";

export type Values = Record<string, string>;

export interface Boxes {
  inboxes: Inbox[];
  channels: Channel[];
}

export async function loadBoxes(): Promise<Boxes> {
  const [boxes, kinds] = await Promise.all([
    get("/api/inboxes"),
    get("/api/channels"),
  ]);
  return { ...boxes, ...kinds };
}

export interface SetUp {
  channel: string;
  name: string;
  credentials: Values;
  origins: string[];
}

type One = Promise<InboxKept>;

export const tryOut = (channel: string, credentials: Values): Promise<Tried> =>
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
