// Who may be the same person as this customer, and what was merged before.
import { get, post } from "../state/api";
import { Store } from "../state/store";
import type { Candidate, SamePerson } from "../server";

export type { Candidate, PastMerge } from "../server";

export class People {
  readonly store = new Store<SamePerson>({ candidates: [], merges: [] });

  constructor(readonly conversation: number) {}

  async load(): Promise<void> {
    const answer = await get(`/api/conversations/${this.conversation}/same-person`).catch(() => null);
    if (answer) this.store.set(answer);
  }

  async called(name: string): Promise<readonly Candidate[]> {
    return (await get(`/api/conversations/${this.conversation}/same-person?name=${encodeURIComponent(name)}`)).candidates;
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
