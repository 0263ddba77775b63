import { beforeEach, describe, expect, it, vi } from "vitest";
import { Live, type LiveOptions, type LiveState } from "../kit/live";

class Wire {
  static all: Wire[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  sent: Record<string, unknown>[] = [];
  closed = false;

  constructor() {
    Wire.all.push(this);
  }

  static get last(): Wire {
    return Wire.all.at(-1)!;
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(): void {
    this.closed = true;
  }

  open(): this {
    this.onopen?.();
    return this;
  }

  async says(frame: object): Promise<void> {
    this.onmessage?.({ data: JSON.stringify(frame) });
    await vi.advanceTimersByTimeAsync(0);
  }

  async cut(code = 1006): Promise<void> {
    this.onclose?.({ code });
    await vi.advanceTimersByTimeAsync(0);
  }
}

let heard: number[];
let states: LiveState["kind"][];

function live(part: Partial<LiveOptions<number>> = {}): Live<number> {
  const one = new Live<number>({
    url: "ws://here",
    cursor: "c0",
    hello: (cursor) => ({ type: "hello", cursor }),
    onEvents: (events) => void heard.push(...events),
    onRefetch: () => undefined,
    onState: (state) => void states.push(state.kind),
    onNotAuthentic: async () => true,
    socket: () => new Wire() as unknown as WebSocket,
    ...part,
  });
  one.start();
  return one;
}

beforeEach(() => {
  vi.useFakeTimers();
  Wire.all = [];
  heard = [];
  states = [];
});

describe("live", () => {
  it("goes on from the newest cursor after a cut", async () => {
    live();
    await Wire.last.open().says({ type: "welcome", cursor: "c0" });
    await Wire.last.says({ type: "events", cursor: "c7", events: [1, 2] });
    await Wire.last.cut();
    expect(states.at(-1)).toBe("waiting");
    await vi.advanceTimersByTimeAsync(2_500);
    Wire.last.open();
    expect(Wire.all).toHaveLength(2);
    expect(Wire.last.sent[0]).toEqual({ type: "hello", cursor: "c7" });
    await Wire.last.says({ type: "welcome", cursor: "c7" });
    await Wire.last.says({ type: "events", cursor: "c8", events: [3] });
    expect(heard).toEqual([1, 2, 3]);
  });

  it("holds events back until a refetch is done, and then takes its cursor", async () => {
    let loaded = () => undefined as void;
    live({ onRefetch: () => new Promise<void>((resolve) => (loaded = resolve)) });
    await Wire.last.open().says({ type: "refetch", cursor: "c50" });
    await Wire.last.says({ type: "events", cursor: "c51", events: [9] });
    expect(heard).toEqual([]);
    loaded();
    await vi.advanceTimersByTimeAsync(0);
    expect(heard).toEqual([9]);
    await Wire.last.cut();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(Wire.last.open().sent[0]).toEqual({ type: "hello", cursor: "c51" });
  });

  it("does not take the cursor of a refetch that failed", async () => {
    live({ onRefetch: () => Promise.reject(new Error("offline")) });
    await Wire.last.open().says({ type: "refetch", cursor: "c50" });
    await vi.advanceTimersByTimeAsync(3_000);
    expect(Wire.all).toHaveLength(2);
    expect(Wire.last.open().sent[0]).toEqual({ type: "hello", cursor: "c0" });
  });

  it("waits longer and longer, and 今すぐ does not wait", async () => {
    const one = live();
    for (const within of [2_400, 4_800, 9_600, 18_000, 36_000]) {
      const before = Wire.all.length;
      await Wire.last.cut();
      await vi.advanceTimersByTimeAsync(within / 1.6);
      expect(Wire.all).toHaveLength(before);
      await vi.advanceTimersByTimeAsync(within - within / 1.6 + 1);
      expect(Wire.all).toHaveLength(before + 1);
    }
    await Wire.last.cut();
    const before = Wire.all.length;
    one.now();
    expect(Wire.all).toHaveLength(before + 1);
  });

  it("comes back soon when the server restarts", async () => {
    live();
    await Wire.last.open().says({ type: "welcome", cursor: "c0" });
    await Wire.last.cut(1012);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(Wire.all).toHaveLength(2);
  });

  it("gets a new session when the token is refused", async () => {
    const onNotAuthentic = vi.fn(async () => true);
    live({ onNotAuthentic });
    await Wire.last.cut(4401);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(onNotAuthentic).toHaveBeenCalledOnce();
    expect(Wire.all).toHaveLength(2);
  });

  it("notices a connection that died without a word", async () => {
    live();
    await Wire.last.open().says({ type: "welcome", cursor: "c0" });
    const first = Wire.last;
    await vi.advanceTimersByTimeAsync(25_000);
    expect(first.sent.at(-1)).toEqual({ type: "ping" });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(first.closed).toBe(true);
    expect(states.at(-1)).toBe("waiting");
  });

  it("polls where sockets are blocked, with the cursor it has, and without a double", async () => {
    const asked: (string | null)[] = [];
    const frames = [{ type: "events" as const, cursor: "c1", events: [1] }];
    live({
      poll: (cursor) => {
        asked.push(cursor);
        const frame = frames.shift();
        return frame ? Promise.resolve(frame) : new Promise(() => undefined);
      },
    });
    await Wire.last.cut();
    await vi.advanceTimersByTimeAsync(2_500);
    await Wire.last.cut();
    expect(states.at(-1)).toBe("polling");
    expect(asked).toEqual(["c0", "c1"]);
    expect(heard).toEqual([1]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(Wire.last.open().sent[0]).toEqual({ type: "hello", cursor: "c1" });
  });

  it("sends nothing into a connection that is not there", () => {
    expect(live().send({ type: "typing" })).toBe(false);
  });
});
