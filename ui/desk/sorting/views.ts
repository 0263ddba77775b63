// The agent's own views and how many conversations each has.
import { get, post, remove } from "../state/api";
import { Store } from "../state/store";
import type { Filter, SavedView, View } from "../wire";

const EVERY_MS = 5000;

export class Views {
  private loadedAt = 0;
  readonly store = new Store<{ views: readonly SavedView[] }>({ views: [] });

  /** Counts anew when there is something to count, and not with every message of a busy shop. */
  refresh(): void {
    if (this.store.get().views.length === 0 || Date.now() - this.loadedAt < EVERY_MS) return;
    void this.load();
  }

  async load(): Promise<void> {
    this.loadedAt = Date.now();
    const answer = await get("/api/views").catch(() => null);
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
