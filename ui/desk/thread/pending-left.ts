import type { Pending } from "./pending";

/** What the server has by now is no longer pending: nothing stands twice. */
export function stillPending(pending: readonly Pending[], known: readonly { client_id: string | null }[]): Pending[] {
  const arrived = new Set(known.map((one) => one.client_id));
  return pending.filter((one) => !arrived.has(one.clientId));
}
