import type { DeskMessage } from "../wire";
import type { Pending } from "./pending";

/** What the server has by now is no longer pending: nothing stands twice. */
export function stillPending(pending: readonly Pending[], messages: readonly DeskMessage[]): Pending[] {
  const arrived = new Set(messages.map((message) => message.client_id).filter(Boolean));
  return pending.filter((one) => !arrived.has(one.clientId));
}
