// Rewriting by the shop's language model: what came back, taken or left, and taken back again.
import type { RewriteBody } from "../server";
import { ApiError } from "../../kit/api";
import { get, post } from "../state/api";
import { Store } from "../state/store";

export const WAYS = ["friendlier", "politer", "shorter", "to_ja", "to_en"] as const;
export type Way = (typeof WAYS)[number];

export interface Rewriting {
  phase: "idle" | "busy" | "offered" | "failed";
  way: Way | null;
  /** The draft it was made of: another draft makes it void. */
  from: string;
  text: string;
  fault: string | null;
  /** The words from before the last one taken, while the draft is still what was taken. */
  undo: { before: string; after: string } | null;
}

const IDLE: Rewriting = { phase: "idle", way: null, from: "", text: "", fault: null, undo: null };

/** Asked once a session: null until it is known. */
let offered: Promise<readonly Way[]> | null = null;

export function offeredWays(): Promise<readonly Way[]> {
  offered ??= get("/api/rewriting").then(
    (answer) => answer.ways.filter((one) => WAYS.includes(one)),
    () => ((offered = null), []),
  );
  return offered;
}

export class Rewrites {
  readonly store = new Store<Rewriting>(IDLE);
  private run = 0;

  constructor(
    private readonly conversation: number,
    private readonly ask: (path: `/api/conversations/${number}/rewrite`, body: RewriteBody) => Promise<{ text: string }> = post,
  ) {}

  async begin(way: Way, from: string, unreachable: string): Promise<void> {
    const run = ++this.run;
    this.store.set({ phase: "busy", way, from, text: "", fault: null });
    try {
      const { text } = await this.ask(`/api/conversations/${this.conversation}/rewrite`, { text: from, way });
      if (run === this.run) this.store.set({ phase: "offered", text });
    } catch (problem) {
      const words = problem instanceof ApiError && problem.message && problem.status > 0 ? problem.message : unreachable;
      if (run === this.run) this.store.set({ phase: "failed", fault: words });
    }
  }

  /** The text to put in the draft's place; null when the draft is another one by now. */
  take(draft: string): string | null {
    const { phase, from, text } = this.store.get();
    if (phase !== "offered" || draft !== from) return null;
    this.run++;
    this.store.set({ ...IDLE, undo: { before: from, after: text } });
    return text;
  }

  leave(): void {
    this.run++;
    this.store.set({ ...IDLE, undo: this.store.get().undo });
  }

  /** The words from before, as long as nothing was changed since; then it is over. */
  takeBack(draft: string): string | null {
    const { undo } = this.store.get();
    this.store.set(IDLE);
    return undo && draft === undo.after ? undo.before : null;
  }
}
