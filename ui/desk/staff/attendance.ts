// Who of the shop is there, and how much each has open: loaded once, then heard of.
import { get, post } from "../state/api";
import { Store } from "../state/store";
import type { Member, Presence } from "../server";

export type { Member as Colleague } from "../server";

export type Status = Member["status"];
export const STATUSES: readonly Status[] = ["online", "away", "offline"];

const AGAIN_MS = 2000;

export class Attendance {
  readonly store = new Store<{ on: boolean; agents: ReadonlyMap<number, Member> }>({ on: false, agents: new Map() });
  private again: ReturnType<typeof setTimeout> | undefined;

  async load(): Promise<void> {
    const answer = await get("/api/presence").catch(() => null);
    if (answer) this.put(answer);
  }

  async say(status: Status): Promise<void> {
    this.put(await post("/api/presence", { status }));
  }

  heard(agent: number, status: Status): void {
    const agents = new Map(this.store.get().agents);
    const known = agents.get(agent) ?? { id: agent, load: 0, capacity: 0, status };
    this.store.set({ agents: agents.set(agent, { ...known, status }) });
  }

  /** What somebody has may have changed: asked for once when it is quiet again. */
  loadSoon(): void {
    this.again ??= setTimeout(() => {
      this.again = undefined;
      void this.load();
    }, AGAIN_MS);
  }

  private put({ on, agents }: Presence): void {
    this.store.set({ on, agents: new Map(agents.map((one) => [one.id, one])) });
  }
}
