// One value that changes and is listened to; the smallest thing that keeps a view and its state apart.
import { useEffect, useState } from "preact/hooks";

export class State<T extends object> {
  private listeners = new Set<() => void>();

  constructor(private present: T) {}

  get(): T {
    return this.present;
  }

  set(change: Partial<T>): void {
    this.present = { ...this.present, ...change };
    for (const listener of this.listeners) listener();
  }

  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

export function useValue<T extends object>(state: State<T>): T {
  const [value, setValue] = useState(state.get());
  useEffect(() => {
    setValue(state.get());
    return state.listen(() => setValue(state.get()));
  }, [state]);
  return value;
}
