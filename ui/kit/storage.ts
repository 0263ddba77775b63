// localStorage that never throws: in a frame of another site a browser may forbid it, or it may be full.
// Then things live as long as the page does.

export interface Store {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
  keys(): string[];
}

export function memoryStore(): Store {
  const values = new Map<string, string>();
  return {
    get: (key) => values.get(key) ?? null,
    set: (key, value) => void values.set(key, value),
    remove: (key) => void values.delete(key),
    keys: () => [...values.keys()],
  };
}

export function safeStorage(): Store {
  const memory = memoryStore();
  const disk = diskOrNull();
  if (!disk) return memory;
  return {
    get: (key) => memory.get(key) ?? disk.getItem(key),
    set: (key, value) => {
      try {
        disk.setItem(key, value);
        memory.remove(key);
      } catch {
        memory.set(key, value);
      }
    },
    remove: (key) => {
      memory.remove(key);
      disk.removeItem(key);
    },
    keys: () => [...new Set([...Object.keys(disk), ...memory.keys()])],
  };
}

function diskOrNull(): Storage | null {
  try {
    const disk = globalThis.localStorage;
    disk.getItem("");
    return disk;
  } catch {
    return null;
  }
}
