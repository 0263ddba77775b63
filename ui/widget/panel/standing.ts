// Where a session comes from when the panel stands alone, and how a fresh one is waited for in both cases.
import { safeStorage } from "../../kit/storage";
import type { Session } from "../../kit/types";
import type { Calls } from "./calls";

const PATIENCE_MS = 10_000;

export async function ownSession(calls: Calls): Promise<Session> {
  const store = safeStorage();
  const key = `kaiwa.${calls.inbox}.token`;
  const language = new URLSearchParams(location.search).get("lang") ?? navigator.language;
  const session = await calls.session(store.get(key), language);
  store.set(key, session.token);
  return session;
}

/** Several ask at the same time (a send, the socket); one request answers them all. */
export function renewer(request: () => void) {
  const waiting: ((renewed: boolean) => void)[] = [];
  let patience: ReturnType<typeof setTimeout> | undefined;
  const settle = (renewed: boolean) => {
    clearTimeout(patience);
    for (const resolve of waiting.splice(0)) resolve(renewed);
  };
  return {
    ask: () =>
      new Promise<boolean>((resolve) => {
        waiting.push(resolve);
        if (waiting.length > 1) return;
        patience = setTimeout(() => settle(false), PATIENCE_MS);
        request();
      }),
    arrived: () => settle(true),
    failed: () => settle(false),
  };
}
