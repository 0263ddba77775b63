import { describe, expect, it } from "vitest";
import { rowsOf, unsettled } from "../widget/panel/rows";
import { message } from "./made";

const own = { direction: "in", sender: "customer" } as const;
const kinds = (...parts: Parameters<typeof rowsOf>) => rowsOf(...parts).map(({ kind }) => kind);

describe("rowsOf", () => {
  it("groups one speaker within three minutes, under a day", () => {
    expect(kinds([message(1, own), message(2), message(3)], null)).toEqual(["day", "group", "group"]);
  });

  it("says who joined and when the machine answers again", () => {
    const thread = [message(1), message(2, { sender: "agent", agent: 3, name: "森下" }), message(3)];
    expect(kinds(thread, null)).toEqual(["day", "group", "joined", "group", "bot", "group"]);
  });

  it("takes what the shopper's own press did for a receipt, and for nobody's turn", () => {
    const agent = { sender: "agent", agent: 3, name: "森下" } as const;
    const thread = [message(1, agent), message(2, { client_id: "press:c-1" }), message(3, agent)];
    expect(kinds(thread, null)).toEqual(["day", "joined", "group", "receipt", "group"]);
  });

  it("does not say that the machine took over when it tells of an order", () => {
    const agent = { sender: "agent", agent: 3, name: "森下" } as const;
    const thread = [message(1, agent), message(2, { client_id: "order:5:shipped" }), message(3, agent)];
    expect(kinds(thread, null)).toEqual(["day", "joined", "group", "group", "group"]);
  });

  it("marks where unread begins", () => {
    expect(kinds([message(1), message(2, own), message(3)], message(3))).toEqual(["day", "group", "group", "unread", "group"]);
  });

  it("begins unread with the new conversation although its seq begins anew", () => {
    const later = { conversation: 2, recorded_at: "2026-11-21T06:00:00Z", occurred_at: "2026-11-21T06:00:00Z" };
    const thread = [message(8), message(1, { ...own, ...later }), message(2, later)];
    expect(kinds(thread, message(2, later))).toEqual(["day", "group", "group", "unread", "group"]);
  });

  it("does not show what has not left the shop", () => {
    expect(kinds([message(1, { state: "queued" }), message(2, { state: "cancelled" })], null)).toEqual([]);
  });
});

describe("unsettled", () => {
  it("shows a message once, in the queue or in the thread", () => {
    const entry = (client_id: string) =>
      ({ draft: { client_id }, at: 1, state: "durable", error: null, retryable: true }) as never;
    const left = unsettled([entry("a"), entry("b")], [message(1, { ...own, client_id: "a" })]);
    expect(left.map(({ draft }) => draft.client_id)).toEqual(["b"]);
  });
});
