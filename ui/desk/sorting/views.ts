// The agent's own views and how many conversations each has.
import { get, post, remove } from "../state/api";
import { Store } from "../state/store";
import type { Filter, SavedView, View } from "../wire";

export class Views {
  readonly store = new Store<{ views: readonly SavedView[] }>({ views: [] });

  async load(): Promise<void> {
    const answer = await get<{ views: SavedView[] }>("/api/views").catch(() => null);
    if (answer) this.store.set({ views: answer.views });
  }

  async save(name: string, view: View, only: Filter): Promise<void> {
    await post("/api/views", { name, view, only });
    await this.load();
  }

  async drop(id: number): Promise<void> {
    await remove(`/api/views/${id}`);
    await this.load();
  }
}
