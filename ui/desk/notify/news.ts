// What of a changed row is news to an agent who is not looking at it.
import type { Row } from "../wire";

export type News = "assigned" | "message" | "waiting" | "mention";

/** Against the row as it was known before; a row that was not known is news only by what it says itself. */
export function newsOf(before: Row | undefined, after: Row, me: number): News | null {
  if (after.status === "closed") return null;
  const mine = after.assignee?.id === me;
  const grew = after.preview_sender === "customer" && after.last_seq > (before?.last_seq ?? 0) && after.unread > 0;
  if (mine && before?.assignee?.id !== me) return "assigned";
  if (mine) return grew ? "message" : null;
  const waits = after.answered_by === "nobody" && after.waiting_since !== null;
  const waited = before !== undefined && before.answered_by === "nobody" && before.waiting_since !== null;
  return waits && !waited ? "waiting" : null;
}
