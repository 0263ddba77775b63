// What the loader remembers on the shop's page. Until the shopper opens the chat, only for this visit.

export interface Memory {
  token(): string | null;
  keep(token: string): void;
  /** The shopper opened the chat: from now on remember across visits. */
  settle(): void;
  greeted(): boolean;
  greet(): void;
  /** The link they came by and its key, until the server has answered. */
  came(): string;
  come(came: string): void;
  /** Closed with ×: not again for seven days. */
  refuseGreeting(): void;
}

const REFUSED_MS = 7 * 24 * 3600 * 1000;

export function memoryOf(inbox: string): Memory {
  const visit = disk("sessionStorage");
  const lasting = disk("localStorage");
  const name = (what: string) => `kaiwa.${inbox}.${what}`;
  // Opened before there was a token, the chat is settled all the same.
  let settled = false;
  return {
    token: () => lasting.get(name("token")) || visit.get(name("token")) || null,
    keep(token) {
      (settled || lasting.get(name("token")) ? lasting : visit).set(name("token"), token);
    },
    settle() {
      settled = true;
      const token = visit.get(name("token"));
      visit.set(name("token"), "");
      // What this visit began with is older than what was kept since, maybe by somebody who logged in.
      if (token && !lasting.get(name("token"))) lasting.set(name("token"), token);
    },
    greeted: () =>
      visit.get(name("greeted")) !== null || Date.now() - Number(lasting.get(name("refused"))) < REFUSED_MS,
    greet: () => visit.set(name("greeted"), "1"),
    came: () => lasting.get(name("came")) ?? "",
    come: (came) => lasting.set(name("came"), came),
    refuseGreeting: () => lasting.set(name("refused"), String(Date.now())),
  };
}

/** Storage may be forbidden; then things are remembered for this page view. */
function disk(kind: "localStorage" | "sessionStorage") {
  const page = new Map<string, string>();
  return {
    get(key: string): string | null {
      try {
        return window[kind].getItem(key);
      } catch {
        return page.get(key) ?? null;
      }
    },
    set(key: string, value: string): void {
      try {
        window[kind].setItem(key, value);
      } catch {
        page.set(key, value);
      }
    },
  };
}
