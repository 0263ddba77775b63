// The open view: its rows, its pages, and live changes that never move what is under the hand.
import { get } from "../state/api";
import { Store } from "../state/store";
import { filterQuery } from "../sorting/filter";
import type { Counts, Filter, Row, View } from "../wire";
import { belongs, changes, isNewer, ordered } from "./order";

interface State {
  view: View;
  only: Filter;
  phase: "loading" | "ready" | "failed";
  rows: ReadonlyMap<number, Row>;
  /** The ids as they stand on the screen. */
  shown: readonly number[];
  /** How much the order on the screen differs from the true one, while a hand holds it still. */
  moved: number;
  counts: Counts;
  next: string | null;
  paging: "idle" | "loading" | "failed";
}

const PAGE = 50;
const SORT_EVERY_MS = 1000;
const COUNT_AFTER_MS = 800;

export class Inbox {
  readonly store: Store<State>;
  private lastLoaded: Row | null = null;
  private held = false;
  private run = 0;
  private sortedAt = 0;
  private sorting: ReturnType<typeof setTimeout> | undefined;
  private counting: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly me: number,
    private readonly onCounted: () => void = () => {},
  ) {
    this.store = new Store<State>({
      view: "open", only: {}, phase: "loading", rows: new Map(), shown: [], moved: 0, counts: {}, next: null, paging: "idle",
    });
  }

  async open(view: View, only: Filter = {}): Promise<void> {
    this.lastLoaded = null;
    this.store.set({ view, only, phase: "loading", rows: new Map(), shown: [], moved: 0, next: null, paging: "idle" });
    await this.load();
  }

  /** Loads the first page anew: on opening, on retry, and when the live stream has lost its place. */
  async load(): Promise<void> {
    const run = ++this.run;
    try {
      const answer = await get(`/api/conversations?${this.asked()}&limit=${PAGE}`);
      if (run !== this.run) return;
      const rows = new Map(answer.conversations.map((row) => [row.id, row]));
      this.lastLoaded = answer.conversations.at(-1) ?? null;
      this.store.set({ phase: "ready", rows, next: answer.next, counts: answer.counts, paging: "idle" });
      this.sort(true);
    } catch {
      if (run === this.run && this.store.get().phase === "loading") this.store.set({ phase: "failed" });
    }
  }

  async more(): Promise<void> {
    const { next, paging } = this.store.get();
    if (!next || paging === "loading") return;
    const run = this.run;
    this.store.set({ paging: "loading" });
    try {
      const before = encodeURIComponent(next);
      const answer = await get(`/api/conversations?${this.asked()}&limit=${PAGE}&before=${before}`);
      if (run !== this.run) return;
      const rows = new Map(this.store.get().rows);
      for (const row of answer.conversations) if (isNewer(row, rows.get(row.id))) rows.set(row.id, row);
      this.lastLoaded = answer.conversations.at(-1) ?? this.lastLoaded;
      const known = new Set(this.store.get().shown);
      // A page comes below everything on the screen, so it may be added even while the order is held.
      const below = answer.conversations.map((row) => row.id).filter((id) => !known.has(id));
      this.store.set({ rows, next: answer.next, paging: "idle", shown: [...this.store.get().shown, ...below] });
      this.sort();
    } catch {
      if (run === this.run) this.store.set({ paging: "failed" });
    }
  }

  /** Live rows, in the order the server sent them. */
  take(fresh: readonly Row[]): void {
    const { view, rows: known } = this.store.get();
    const rows = new Map(known);
    const ours = view === "mentions" ? fresh.filter((row) => known.has(row.id)) : fresh;
    for (const row of ours) if (isNewer(row, rows.get(row.id))) rows.set(row.id, row);
    this.store.set({ rows });
    // The first change shows at once; a burst is put in order once a second.
    const wait = Math.max(0, this.sortedAt + SORT_EVERY_MS - Date.now());
    this.sorting ??= setTimeout(() => this.sort(), wait);
    this.countSoon();
  }

  /** A note names this agent, or was looked at: the counts differ, and who is in that view. */
  mentioned(): void {
    if (this.store.get().view === "mentions") void this.load();
    else this.countSoon();
  }

  /** While the pointer or the focus is in the list, the order stays as it is. */
  hold(held: boolean): void {
    if (held === this.held) return;
    this.held = held;
    if (!held) this.sort();
  }

  sort(force = false): void {
    clearTimeout(this.sorting);
    this.sorting = undefined;
    this.sortedAt = Date.now();
    const { rows, view, only, next, shown, phase } = this.store.get();
    if (phase !== "ready") return;
    const fresh = ordered({ rows, more: next !== null }, { view, only, me: this.me }, this.lastLoaded);
    const moved = changes(shown, fresh);
    if (moved === 0) return this.store.get().moved ? this.store.set({ moved: 0 }) : undefined;
    if (this.held && !force) this.store.set({ moved });
    else this.store.set({ shown: fresh, moved: 0 });
  }

  /** The conversation after (or before) this one, in the order on the screen. */
  neighbour(id: number | null, step: 1 | -1): number | null {
    const { shown } = this.store.get();
    const at = id === null ? -1 : shown.indexOf(id);
    if (at < 0) return shown[step > 0 ? 0 : shown.length - 1] ?? null;
    return shown[at + step] ?? null;
  }

  fits(row: Row): boolean {
    const { view, only } = this.store.get();
    return belongs(row, { view, only, me: this.me });
  }

  private asked(): string {
    const { view, only } = this.store.get();
    return [`view=${view}`, filterQuery(only)].filter(Boolean).join("&");
  }

  /** Row events carry no counts, so they are asked for once the burst is over. */
  private countSoon(): void {
    this.counting ??= setTimeout(async () => {
      this.counting = undefined;
      const { view } = this.store.get();
      const answer = await get(`/api/conversations?view=${view}&limit=1`).catch(() => null);
      if (answer) this.store.set({ counts: answer.counts });
      this.onCounted();
    }, COUNT_AFTER_MS);
  }
}
