// Nothing typed is lost: a message stays here, on disk, until the server has shown it back to us. Every try
// carries the same client_id, so trying twice can never send twice.
import { ApiError } from "./api";
import { Backoff } from "./backoff";
import { safeStorage, type Store } from "./storage";

export interface Draft {
  client_id: string;
}

export interface Entry<D extends Draft> {
  draft: D;
  /** When it was written (ms), which is also its place in the queue. */
  at: number;
  state: "queued" | "sending" | "durable" | "failed";
  /** Words for the reader when it failed. */
  error: string | null;
  /** False: trying again cannot help. */
  retryable: boolean;
}

export interface OutboxOptions<D extends Draft> {
  /** Whose messages these are; another visitor never sends them. */
  scope: string;
  send: (draft: D) => Promise<unknown>;
  onChange: (entries: Entry<D>[]) => void;
  store?: Store;
  now?: () => number;
  /** Passing server errors in a row before a message is shown as failed. A missing network never fails one. */
  tries?: number;
}

export class Outbox<D extends Draft> {
  private entries: Entry<D>[];
  private busy = false;
  private stopped = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private backoff = new Backoff();
  private tries = 0;
  private readonly store: Store;
  private readonly prefix: string;

  constructor(private readonly options: OutboxOptions<D>) {
    this.store = options.store ?? safeStorage();
    this.prefix = `kaiwa.outbox.${options.scope}.`;
    this.entries = this.load();
  }

  list(): Entry<D>[] {
    return this.entries;
  }

  add(draft: D): void {
    const now = (this.options.now ?? Date.now)();
    // Two messages within one millisecond keep their order.
    const at = Math.max(now, (this.entries.at(-1)?.at ?? 0) + 1);
    this.put({ draft, at, state: "queued", error: null, retryable: true });
    void this.flush();
  }

  /** The server has shown the message back: it lives in the thread now. */
  settle(clientIds: Iterable<string | null>): void {
    const settled = new Set(clientIds);
    const gone = this.entries.filter((entry) => settled.has(entry.draft.client_id));
    for (const entry of gone) this.store.remove(this.prefix + entry.draft.client_id);
    if (gone.length > 0) this.change(this.entries.filter((entry) => !gone.includes(entry)));
  }

  retry(clientId: string): void {
    const entry = this.entries.find((one) => one.draft.client_id === clientId);
    if (!entry || entry.state !== "failed") return;
    this.put({ ...entry, state: "queued", error: null });
    void this.flush();
  }

  remove(clientId: string): void {
    this.settle([clientId]);
  }

  /** The connection is back: try now instead of at the end of the pause. */
  resume(): void {
    clearTimeout(this.timer);
    this.backoff.reset();
    this.tries = 0;
    void this.flush();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  /** One after the other: the order in which they were written is the order in which they arrive. */
  private async flush(): Promise<void> {
    if (this.busy || this.stopped) return;
    this.busy = true;
    clearTimeout(this.timer);
    try {
      for (let next = this.next(); next && !this.stopped; next = this.next()) {
        if (!(await this.attempt(next))) break;
      }
    } finally {
      this.busy = false;
    }
  }

  private next(): Entry<D> | undefined {
    return this.entries.find((entry) => entry.state === "queued" || entry.state === "sending");
  }

  /** False = stop for now, the rest waits behind this one. */
  private async attempt(entry: Entry<D>): Promise<boolean> {
    this.put({ ...entry, state: "sending" });
    try {
      await this.options.send(entry.draft);
    } catch (error) {
      return this.failed(entry, error);
    }
    this.backoff.reset();
    this.tries = 0;
    // The echo over the live connection may have been faster than this answer, and settled it.
    if (this.has(entry)) this.put({ ...entry, state: "durable" });
    return true;
  }

  private failed(entry: Entry<D>, error: unknown): boolean {
    if (!this.has(entry)) return true;
    const known = error instanceof ApiError ? error : new ApiError(0, "unreachable", String(error));
    const offline = known.status === 0;
    if (known.passing && (offline || ++this.tries < (this.options.tries ?? 5))) {
      this.put({ ...entry, state: "queued" });
      const wait = Math.max(this.backoff.next(false), (known.retryAfterS ?? 0) * 1000);
      this.timer = setTimeout(() => void this.flush(), wait);
      return false;
    }
    this.tries = 0;
    const retryable = known.passing || known.status === 401 || known.status === 409;
    this.put({ ...entry, state: "failed", error: known.message || null, retryable });
    return true;
  }

  private has(entry: Entry<D>): boolean {
    return this.entries.some((one) => one.draft.client_id === entry.draft.client_id);
  }

  private put(entry: Entry<D>): void {
    // One key per message, so that two tabs never overwrite each other's list.
    this.store.set(this.prefix + entry.draft.client_id, JSON.stringify(entry));
    const others = this.entries.filter((one) => one.draft.client_id !== entry.draft.client_id);
    this.change([...others, entry].sort((a, b) => a.at - b.at));
  }

  private change(entries: Entry<D>[]): void {
    this.entries = entries;
    // Somebody else may be here by now: what is still under way of this one is kept, not shown.
    if (!this.stopped) this.options.onChange(entries);
  }

  /** What an earlier page left behind. What was durable is the server's to show; the rest is tried again. */
  private load(): Entry<D>[] {
    const entries: Entry<D>[] = [];
    for (const key of this.store.keys()) {
      if (!key.startsWith(this.prefix)) continue;
      const entry = parse<D>(this.store.get(key));
      if (!entry || entry.state === "durable") this.store.remove(key);
      else entries.push(entry.state === "sending" ? { ...entry, state: "queued" } : entry);
    }
    return entries.sort((a, b) => a.at - b.at);
  }
}

function parse<D extends Draft>(text: string | null): Entry<D> | null {
  try {
    return text ? (JSON.parse(text) as Entry<D>) : null;
  } catch {
    return null;
  }
}
