// The shop's own words for its work: labels and teams.
import { get, post, put, remove } from "../state/api";
import { Store } from "../state/store";
import type { Label, Team } from "../wire";

export class Terms {
  readonly store = new Store<{ labels: readonly Label[]; teams: readonly Team[]; phase: "loading" | "ready" | "failed" }>({
    labels: [], teams: [], phase: "loading",
  });

  async load(): Promise<void> {
    const [labels, teams] = await Promise.all([
      get("/api/labels").catch(() => null),
      get("/api/teams").catch(() => null),
    ]);
    if (labels) this.store.set({ labels: labels.labels });
    if (teams) this.store.set({ teams: teams.teams });
    this.store.set({ phase: labels && teams ? "ready" : "failed" });
  }

  async addLabel(name: string): Promise<Label> {
    const { label } = await post("/api/labels", { name });
    await this.load();
    return label;
  }

  async renameLabel(id: number, name: string): Promise<void> {
    await put(`/api/labels/${id}`, { name });
    await this.load();
  }

  async removeLabel(id: number): Promise<void> {
    await remove(`/api/labels/${id}`);
    await this.load();
  }

  async saveTeam(id: number | null, name: string, members: readonly number[]): Promise<void> {
    if (id === null) await post("/api/teams", { name, members });
    else await put(`/api/teams/${id}`, { name, members });
    await this.load();
  }

  async removeTeam(id: number): Promise<void> {
    await remove(`/api/teams/${id}`);
    await this.load();
  }
}
