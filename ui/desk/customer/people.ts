// Who may be the same person as this customer, and what was merged before.
import { get, post } from "../state/api";
import { Store } from "../state/store";
import type { Shopper } from "../wire";

export interface Candidate {
  customer: Shopper;
  /** Strongest first; none for somebody the agent found by name. */
  signs: ("address" | "order" | "name")[];
  addresses: { channel: string; label: string; grade: string }[];
}

export interface PastMerge {
  id: number;
  customer: Shopper;
  words: string;
  by: string | null;
  at: string;
  undone_at: string | null;
}

interface Seen {
  candidates: readonly Candidate[];
  merges: readonly PastMerge[];
}

export class People {
  readonly store = new Store<Seen>({ candidates: [], merges: [] });

  constructor(readonly conversation: number) {}

  async load(): Promise<void> {
    const answer = await get<Seen>(`/api/conversations/${this.conversation}/same-person`).catch(() => null);
    if (answer) this.store.set(answer);
  }

  async called(name: string): Promise<readonly Candidate[]> {
    return (await get<Seen>(`/api/conversations/${this.conversation}/same-person?name=${encodeURIComponent(name)}`)).candidates;
  }

  async merge(customer: number, other: number, words: string): Promise<void> {
    await post(`/api/customers/${customer}/merge`, { other, words });
    await this.load();
  }

  async undo(merge: number): Promise<void> {
    await post(`/api/merges/${merge}/undo`);
    await this.load();
  }
}
