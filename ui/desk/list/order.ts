// Which rows a view shows and in what order, and how a live change is put in without moving what is read.
import type { Row, View } from "../wire";

/** The longest waiting first, then the newest: the same order as the server's pages. */
export function compareRows(one: Row, other: Row): number {
  if (one.waiting_since && other.waiting_since && one.waiting_since !== other.waiting_since)
    return one.waiting_since < other.waiting_since ? -1 : 1;
  if (Boolean(one.waiting_since) !== Boolean(other.waiting_since)) return one.waiting_since ? -1 : 1;
  if (one.updated_at !== other.updated_at) return one.updated_at > other.updated_at ? -1 : 1;
  return other.id - one.id;
}

export function belongs(row: Row, view: View, me: number): boolean {
  if (view === "closed") return row.status === "closed";
  if (row.status !== "open") return false;
  if (view === "mine") return row.assignee?.id === me;
  if (view === "unassigned") return row.assignee === null && row.answered_by !== "bot";
  if (view === "bot") return row.answered_by === "bot";
  return true;
}

/** A row that arrives late never overwrites what was seen later. */
export function isNewer(row: Row, known: Row | undefined): boolean {
  if (!known) return true;
  if (row.last_seq !== known.last_seq) return row.last_seq > known.last_seq;
  if (row.epoch !== known.epoch) return row.epoch > known.epoch;
  return row.updated_at >= known.updated_at;
}

export interface Listing {
  rows: ReadonlyMap<number, Row>;
  /** More pages follow below, so a row that sorts after the last loaded one is left to its page. */
  more: boolean;
}

/** The ids a view should show now, in order. */
export function ordered(listing: Listing, view: View, me: number, lastLoaded: Row | null): number[] {
  const fitting = [...listing.rows.values()].filter((row) => belongs(row, view, me));
  const within = listing.more && lastLoaded ? fitting.filter((row) => compareRows(row, lastLoaded) <= 0) : fitting;
  return within.sort(compareRows).map((row) => row.id);
}

/** How many rows would come, go or move if `fresh` replaced `shown`. */
export function changes(shown: readonly number[], fresh: readonly number[]): number {
  const place = new Map(shown.map((id, index) => [id, index]));
  const kept = fresh.filter((id) => place.has(id));
  const still = longestRise(kept.map((id) => place.get(id) as number));
  return fresh.length - kept.length + (shown.length - kept.length) + (kept.length - still);
}

/** The most places that can stay as they are: the longest rising run of old positions. */
function longestRise(places: readonly number[]): number {
  const tails: number[] = [];
  for (const place of places) {
    const at = tails.findIndex((tail) => tail >= place);
    if (at < 0) tails.push(place);
    else tails[at] = place;
  }
  return tails.length;
}
