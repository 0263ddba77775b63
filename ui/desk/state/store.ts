// A value that changes, and a hook that draws a component again when the part it reads has changed.
import { useEffect, useReducer, useRef } from "preact/hooks";

export class Store<State extends object> {
  private listeners = new Set<() => void>();

  constructor(private state: State) {}

  get(): State {
    return this.state;
  }

  set(patch: Partial<State>): void {
    this.state = { ...this.state, ...patch };
    for (const listener of [...this.listeners]) listener();
  }

  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

export function useStore<State extends object, Part>(store: Store<State>, read: (state: State) => Part): Part {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const part = read(store.get());
  const latest = useRef({ part, read });
  latest.current = { part, read };
  useEffect(() => {
    const look = () => {
      const next = latest.current.read(store.get());
      if (next !== latest.current.part) redraw(undefined as never);
    };
    // The store may have changed between drawing and listening.
    look();
    return store.listen(look);
  }, [store]);
  return part;
}
