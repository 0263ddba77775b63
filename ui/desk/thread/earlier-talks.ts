// The customer's earlier conversations above the open one: fetched one after the other, newest first.
import { Store } from "../state/store";
import type { Customer } from "../wire";
import { Conversation } from "./conversation";

export type Past = Customer["past"];

export interface Talks {
  /** Oldest first, as they stand on the screen. */
  talks: readonly Conversation[];
  phase: "idle" | "loading" | "failed";
}

export class EarlierTalks {
  readonly store = new Store<Talks>({ talks: [], phase: "idle" });

  constructor(private readonly make: (id: number) => Conversation = (id) => new Conversation(id, null)) {}

  /** Whether there is more above what is shown. */
  hasMore(past: Past): boolean {
    const { talks } = this.shown(past);
    return this.next(past) !== undefined || talks[0]?.store.get().hasEarlier === true;
  }

  /** What belongs to the customer now: a merge that is taken back takes its conversations along. */
  shown(past: Past): Talks {
    const { talks, phase } = this.store.get();
    const own = new Set(past.map((one) => one.id));
    return { talks: talks.filter((one) => own.has(one.id)), phase };
  }

  /** The rest of the oldest conversation shown, else the one before it. */
  async more(past: Past): Promise<void> {
    if (this.store.get().phase === "loading") return;
    const { talks } = this.shown(past);
    const [oldest] = talks;
    const next = this.next(past);
    if (oldest?.store.get().hasEarlier) {
      this.store.set({ phase: "loading" });
      await oldest.loadEarlier();
      const failed = oldest.store.get().earlier === "failed";
      this.store.set({ talks: [...talks], phase: failed ? "failed" : "idle" });
    } else if (next !== undefined) {
      this.store.set({ phase: "loading" });
      const talk = this.make(next);
      await talk.load();
      const there = talk.store.get().phase === "ready";
      this.store.set(there ? { talks: [talk, ...talks], phase: "idle" } : { phase: "failed" });
    }
  }

  private next(past: Past): number | undefined {
    const known = new Set(this.store.get().talks.map((one) => one.id));
    return past.find((one) => !known.has(one.id))?.id;
  }
}
