// Which rows a view shows and in what order, and how a live change is put in without moving what is read.
import { serverNow } from "../../kit/clock";
import { SOON_MS, urgencyOf } from "../staff/due";
import type { Filter, Row, View } from "../wire";

/** A view as an agent sees it. */
export interface Seen {
  view: View;
  me: number;
  only?: Filter;
}

/** The same order as the server's pages: who waits by urgency, time to breach and time, then the newest. */
export function compareRows(one: Row, other: Row, view: View = "open"): number {
  if (view === "snoozed") return bySnooze(one, other);
  if (view === "late") return byDue(one, other) || one.id - other.id;
  if (Boolean(one.waiting_since) !== Boolean(other.waiting_since)) return one.waiting_since ? -1 : 1;
  if (one.waiting_since && other.waiting_since) {
    const pressing = urgencyOf(one.priority, one.due) - urgencyOf(other.priority, other.due) || byDue(one, other);
    if (view !== "waiting" && pressing !== 0) return pressing;
    if (one.waiting_since !== other.waiting_since) return one.waiting_since < other.waiting_since ? -1 : 1;
    return one.id - other.id;
  }
  if (one.updated_at !== other.updated_at) return one.updated_at > other.updated_at ? -1 : 1;
  return other.id - one.id;
}

/** What is due first; what is never due last. */
function byDue(one: Row, other: Row): number {
  const [mine, theirs] = [one.due?.at ?? "~", other.due?.at ?? "~"];
  return mine === theirs ? 0 : mine < theirs ? -1 : 1;
}

/** Who comes back first; those who wait for the customer last. */
function bySnooze(one: Row, other: Row): number {
  const [mine, theirs] = [one.snoozed?.until ?? "~", other.snoozed?.until ?? "~"];
  if (mine !== theirs) return mine < theirs ? -1 : 1;
  return one.id - other.id;
}

export function belongs(row: Row, { view, me, only = {} }: Seen): boolean {
  return inView(row, view, me) && fits(row, only);
}

function inView(row: Row, view: View, me: number): boolean {
  // Whom a note names is the server's to say: what is in the list was in its answer.
  if (view === "mentions") return true;
  if (view === "closed") return row.status === "closed";
  if (row.status !== "open") return false;
  if (view === "snoozed") return row.snoozed !== null;
  if (row.snoozed) return false;
  if (view === "mine") return row.assignee?.id === me;
  if (view === "unassigned") return row.assignee === null && row.answered_by !== "bot";
  if (view === "late") return row.due ? Date.parse(row.due.at) < serverNow() + SOON_MS : false;
  if (view === "bot") return row.answered_by === "bot";
  if (view === "waiting") return row.answered_by !== "bot" && row.waiting_since !== null;
  return true;
}

function fits(row: Row, only: Filter): boolean {
  if (only.priority && row.priority !== only.priority) return false;
  if (only.channel && row.channel !== only.channel) return false;
  if (only.team && row.team?.id !== only.team) return false;
  if (only.assignee && row.assignee?.id !== only.assignee) return false;
  return !only.label || row.labels.some((one) => one.id === only.label);
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
export function ordered(listing: Listing, seen: Seen, lastLoaded: Row | null): number[] {
  const compare = (one: Row, other: Row) => compareRows(one, other, seen.view);
  const fitting = [...listing.rows.values()].filter((row) => belongs(row, seen));
  const within = listing.more && lastLoaded ? fitting.filter((row) => compare(row, lastLoaded) <= 0) : fitting;
  return within.sort(compare).map((row) => row.id);
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
