// The wallboard's numbers: loaded once a minute, and in between as the server says they stand.
import type { Inbox } from "../list/inbox";
import { get } from "../state/api";
import { Store } from "../state/store";
import type { BoardEvent, BoardAgent, BoardLine, BoardTotals, Row } from "../wire";

interface State {
  phase: "loading" | "ready" | "failed";
  totals: BoardTotals | null;
  channels: ReadonlyMap<string, BoardLine>;
  agents: ReadonlyMap<number, BoardAgent>;
}

const AGAIN_MS = 60_000;

export class Board {
  readonly store = new Store<State>({ phase: "loading", totals: null, channels: new Map(), agents: new Map() });
  private timer: ReturnType<typeof setInterval> | undefined;
  private heldBack: BoardEvent[] | null = null;

  /** `follow` tells the server that the board is on the screen, or no longer. */
  constructor(
    private readonly follow: () => void,
    readonly soon: Inbox,
    readonly queue: Inbox,
  ) {}

  get watched(): boolean {
    return this.timer !== undefined;
  }

  watch(): () => void {
    this.timer = setInterval(() => this.refetch(), AGAIN_MS);
    this.follow();
    void this.load();
    void this.soon.open("late");
    void this.queue.open("unassigned");
    return () => {
      clearInterval(this.timer);
      this.timer = undefined;
      this.follow();
    };
  }

  async load(): Promise<void> {
    this.heldBack = [];
    try {
      const { totals, channels, agents } = await get("/api/wallboard");
      this.store.set({
        phase: "ready",
        totals,
        channels: new Map(channels.map((one) => [one.channel, one])),
        agents: new Map(agents.map((one) => [one.id, one])),
      });
    } catch {
      if (this.store.get().phase !== "ready") this.store.set({ phase: "failed" });
    }
    const late = this.heldBack ?? [];
    this.heldBack = null;
    for (const event of late) this.take(event);
  }

  /** Every minute, and when the stream has lost its place: what comes due does so without an event. */
  refetch(): void {
    if (!this.watched) return;
    void this.load();
    void this.soon.load();
    void this.queue.load();
  }

  rows(rows: readonly Row[]): void {
    if (!this.watched) return;
    this.soon.take(rows);
    this.queue.take(rows);
  }

  take(event: BoardEvent): void {
    if (this.heldBack) {
      this.heldBack.push(event);
      return;
    }
    const { channels, agents } = this.store.get();
    if (event.totals) this.store.set({ totals: event.totals });
    if (event.line) this.store.set({ channels: new Map(channels).set(event.line.channel, event.line) });
    if (event.agent) this.store.set({ agents: new Map(agents).set(event.agent.id, event.agent) });
  }
}
