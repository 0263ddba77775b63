// Until when something is to be done, in words, and how much it presses.
import type { Due, Priority } from "../wire";
import { PRIORITIES } from "../wire";
import type { Words } from "../words/words";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** What is due within this time is worth a look now; the server's view means the same. */
export const SOON_MS = 15 * MINUTE;

export type Pressure = "far" | "soon" | "over";

export function pressure(due: Due, now: number): Pressure {
  const left = Date.parse(due.at) - now;
  if (left <= 0) return "over";
  return left <= SOON_MS ? "soon" : "far";
}

export function dueWords(t: Words, due: Due, now: number): string {
  const left = Date.parse(due.at) - now;
  return left > 0 ? t("staff.left", { time: span(t, left + MINUTE - 1) }) : t("staff.over", { time: span(t, -left) });
}

/** The largest unit only: nobody plans by the seconds of an hour. */
export function span(t: Words, ms: number): string {
  if (ms < HOUR) return t("staff.minutes", { n: Math.floor(ms / MINUTE) });
  return ms < DAY ? t("staff.hours", { n: Math.floor(ms / HOUR) }) : t("staff.days", { n: Math.floor(ms / DAY) });
}

/** The place in the list: the priority, one step more urgent for what is late. */
export function urgencyOf(priority: Priority, due: Due | null): number {
  return PRIORITIES.indexOf(priority) + 1 - (due?.late ? 1 : 0);
}
