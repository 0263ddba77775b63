import { beforeEach, describe, expect, it, vi } from "vitest";
import { PendingSends } from "../desk/thread/pending";
import { OpenThread } from "../desk/state/open-thread";
import type { Agent, Note, Row } from "../desk/wire";
import type { Store } from "../kit/storage";

const AGENT = 1;
const TALK = 7;
const row = (epoch: number) => ({ id: TALK, epoch, last_seq: 3 }) as Row;
const written = {
  kind: "reply" as const, text: "はい", file: null, cards: [], channel: "web_chat", identity: null, epoch: 1, lastSeq: 3,
};
const note = (client_id: string): Note => ({
  id: client_id.length, client_id, after_seq: 1, agent: { id: AGENT, name: "中村" }, text: "常連さん", to: null, mentions: [], at: "",
});
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

describe("a note", () => {
  it("stands once when its colleagues hear of it before its writer has the answer", () => {
    vi.stubGlobal("fetch", () => new Promise(() => undefined));
    const thread = new OpenThread(TALK, { id: AGENT, name: "中村" } as Agent, null, () => undefined);
    thread.draft.turn("note");
    thread.draft.write("常連さん");
    thread.send("web_chat", null);
    const [waits] = thread.pending.store.get().items;
    thread.take({ kind: "note", conversation: TALK, note: note("other") });
    expect(thread.pending.store.get().items).toHaveLength(1);
    thread.take({ kind: "note", conversation: TALK, note: note(waits!.clientId) });
    expect(thread.pending.store.get().items).toEqual([]);
  });
});

/** A browser's storage as its pages see it: what one writes reaches the others a little later. */
class Device {
  readonly pages: Map<string, string>[] = [];
  private wrote: [string, string | null][] = [];

  page(): Store {
    const seen = new Map<string, string>();
    this.pages.push(seen);
    const write = (key: string, value: string | null) => {
      this.wrote.push([key, value]);
      keep(seen, key, value);
    };
    return { get: (key) => seen.get(key) ?? null, set: write, remove: (key) => write(key, null), keys: () => [...seen.keys()] };
  }

  /** Everything written so far has reached every page. */
  catchUp(): void {
    for (const [key, value] of this.wrote.splice(0)) for (const seen of this.pages) keep(seen, key, value);
  }
}

const keep = (seen: Map<string, string>, key: string, value: string | null) =>
  value === null ? seen.delete(key) : seen.set(key, value);

describe("answers of two tabs of one agent", () => {
  async function tab(store: Store): Promise<PendingSends> {
    vi.resetModules();
    vi.doMock("../kit/storage", () => ({ safeStorage: () => store }));
    const { PendingSends: Sends } = await import("../desk/thread/pending");
    vi.doUnmock("../kit/storage");
    return new Sends(AGENT, TALK, () => undefined);
  }

  it("leave nothing behind when both are answered for at the same moment", async () => {
    const device = new Device();
    const tabs = [await tab(device.page()), await tab(device.page())];
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("offline")));
    for (const one of tabs) one.add(written);
    await vi.waitFor(() => expect(tabs.map((one) => one.store.get().items[0]?.state)).toEqual(["waiting", "waiting"]));
    device.catchUp();
    expect(device.pages.map((seen) => seen.size)).toEqual([2, 2]);
    for (const one of tabs) one.withdraw(one.store.get().items[0]!.clientId);
    device.catchUp();
    expect(device.pages.map((seen) => seen.size)).toEqual([0, 0]);
  });

  it("are both kept for the next page, in the order written", async () => {
    const device = new Device();
    const store = device.page();
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("offline")));
    vi.useFakeTimers({ toFake: ["Date"], now: 1_000 });
    (await tab(store)).add({ ...written, text: "一つ目" });
    vi.setSystemTime(2_000);
    (await tab(store)).add({ ...written, text: "二つ目" });
    vi.useRealTimers();
    expect((await tab(store)).store.get().items.map((one) => one.text)).toEqual(["一つ目", "二つ目"]);
  });
});
