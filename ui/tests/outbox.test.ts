import { beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "../kit/api";
import { Outbox, type Draft, type Entry } from "../kit/outbox";
import { memoryStore, type Store } from "../kit/storage";

const offline = () => new ApiError(0, "unreachable", "");
let store: Store;
let entries: Entry<Draft>[];
let sent: string[];
let answer: (draft: Draft) => Promise<unknown>;

function outbox(scope = "shop.v-1"): Outbox<Draft> {
  return new Outbox<Draft>({
    scope,
    store,
    send: (draft) => {
      sent.push(draft.client_id);
      return answer(draft);
    },
    onChange: (next) => (entries = next),
    tries: 3,
  });
}

beforeEach(() => {
  vi.useFakeTimers();
  store = memoryStore();
  entries = [];
  sent = [];
  answer = async () => undefined;
});

describe("outbox", () => {
  it("sends in the order of writing and waits for the echo before it lets go", async () => {
    const box = outbox();
    box.add({ client_id: "a" });
    box.add({ client_id: "b" });
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toEqual(["a", "b"]);
    expect(entries.map((entry) => entry.state)).toEqual(["durable", "durable"]);
    box.settle(["a", null]);
    expect(entries.map((entry) => entry.draft.client_id)).toEqual(["b"]);
  });

  it("tries again with the same client_id and keeps the order while the network is away", async () => {
    let up = false;
    answer = async () => {
      if (!up) throw offline();
    };
    const box = outbox();
    box.add({ client_id: "a" });
    box.add({ client_id: "b" });
    await vi.advanceTimersByTimeAsync(120_000);
    expect(new Set(sent)).toEqual(new Set(["a"]));
    expect(sent.length).toBeGreaterThan(3);
    expect(entries.map((entry) => entry.state)).toEqual(["queued", "queued"]);
    up = true;
    sent = [];
    box.resume();
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toEqual(["a", "b"]);
  });

  it("survives a reload, and what was durable is left to the server", async () => {
    answer = async ({ client_id }) => {
      if (client_id !== "a") throw offline();
    };
    const first = outbox();
    for (const client_id of ["a", "b", "c"]) first.add({ client_id });
    await vi.advanceTimersByTimeAsync(0);
    first.stop();
    answer = async () => undefined;
    sent = [];
    const second = outbox();
    second.resume();
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toEqual(["b", "c"]);
  });

  it("never sends another visitor's messages", async () => {
    answer = async () => Promise.reject(offline());
    outbox().add({ client_id: "a" });
    expect(outbox("shop.v-2").list()).toEqual([]);
  });

  it("shows a refusal as failed, without retry, and goes on with the next", async () => {
    answer = async ({ client_id }) => {
      if (client_id === "a") throw new ApiError(400, "invalid", "長すぎます");
    };
    const box = outbox();
    box.add({ client_id: "a" });
    box.add({ client_id: "b" });
    await vi.advanceTimersByTimeAsync(0);
    expect(entries[0]).toMatchObject({ state: "failed", error: "長すぎます", retryable: false });
    expect(entries[1]!.state).toBe("durable");
  });

  it("gives up on a broken server after some tries, and a press tries the same id again", async () => {
    answer = async () => Promise.reject(new ApiError(503, "unreachable", ""));
    const box = outbox();
    box.add({ client_id: "a" });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(entries[0]).toMatchObject({ state: "failed", retryable: true });
    expect(sent).toEqual(["a", "a", "a"]);
    answer = async () => undefined;
    box.retry("a");
    await vi.advanceTimersByTimeAsync(0);
    expect(sent.at(-1)).toBe("a");
    expect(entries[0]!.state).toBe("durable");
  });

  it("honours Retry-After", async () => {
    answer = async () => Promise.reject(new ApiError(429, "too_many", "", {}, 20));
    outbox().add({ client_id: "a" });
    await vi.advanceTimersByTimeAsync(19_000);
    expect(sent).toEqual(["a"]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(sent).toEqual(["a", "a"]);
  });

  it("is not confused by an echo that is faster than the answer", async () => {
    let done = () => undefined as void;
    answer = () => new Promise<void>((resolve) => (done = resolve));
    const box = outbox();
    box.add({ client_id: "a" });
    box.settle(["a"]);
    done();
    await vi.advanceTimersByTimeAsync(0);
    expect(entries).toEqual([]);
    expect(store.keys()).toEqual([]);
  });
});
