import { beforeEach, describe, expect, it, vi } from "vitest";
import { PendingSends } from "../desk/thread/pending";
import type { Row } from "../desk/wire";

const AGENT = 1;
const TALK = 7;
const row = (epoch: number) => ({ id: TALK, epoch, last_seq: 3 }) as Row;
const written = {
  kind: "reply" as const, text: "はい", file: null, cards: [], channel: "web_chat", identity: null, epoch: 1, lastSeq: 3,
};
const sent: { epoch: number }[] = [];

beforeEach(() => {
  sent.length = 0;
  vi.stubGlobal("fetch", (_: string, init: RequestInit) => {
    sent.push(JSON.parse(String(init.body)) as { epoch: number });
    return Promise.resolve(new Response(JSON.stringify({ message: {}, conversation: row(2) }), { status: 201 }));
  });
});

describe("an answer written while the agent takes the conversation over", () => {
  it("goes when that is done, by what it made", async () => {
    const pending = new PendingSends(AGENT, TALK, () => undefined);
    let done = (_: Row) => {};
    const taken = pending.after(new Promise<Row>((resolve) => (done = resolve)), 1);
    pending.add(written);
    await new Promise((resolve) => setTimeout(resolve));
    expect(sent).toEqual([]);
    done(row(2));
    await taken;
    await vi.waitFor(() => expect(sent.map((one) => one.epoch)).toEqual([2]));
  });

  it("goes as it was written when somebody else was faster, and the server refuses it", async () => {
    const pending = new PendingSends(AGENT, TALK, () => undefined);
    const taken = pending.after(Promise.reject(new Error("409")), 1);
    pending.add(written);
    await expect(taken).rejects.toThrow("409");
    await vi.waitFor(() => expect(sent.map((one) => one.epoch)).toEqual([1]));
  });
});
