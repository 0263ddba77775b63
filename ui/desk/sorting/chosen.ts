// The rows chosen for one deed: by box or X, a range with Shift.
import { Store } from "../state/store";

export const MOST = 100;

export class Chosen {
  readonly store = new Store<{ ids: ReadonlySet<number> }>({ ids: new Set() });
  private last: number | null = null;

  ids(): number[] {
    return [...this.store.get().ids];
  }

  turn(id: number): void {
    const ids = new Set(this.store.get().ids);
    if (!ids.delete(id) && ids.size < MOST) ids.add(id);
    this.last = id;
    this.store.set({ ids });
  }

  /** From the row chosen last to this one, in the order on the screen. */
  reach(id: number, shown: readonly number[]): void {
    const [from, to] = [shown.indexOf(this.last ?? id), shown.indexOf(id)];
    if (from < 0 || to < 0) return this.turn(id);
    const range = shown.slice(Math.min(from, to), Math.max(from, to) + 1);
    this.store.set({ ids: new Set([...this.store.get().ids, ...range].slice(0, MOST)) });
    this.last = id;
  }

  keep(ids: readonly number[]): void {
    this.store.set({ ids: new Set(ids) });
  }
}
