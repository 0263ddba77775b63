// The days a parcel may arrive, as weeks that begin on Sunday. Days are written 2026-11-28 and have no time zone.

export interface Day {
  iso: string;
  number: number;
  open: boolean;
  first: boolean;
  beginsMonth: boolean;
}

const DAY_MS = 86_400_000;

export function weeks(first: string, last: string): Day[][] {
  const from = Date.parse(first);
  const until = Date.parse(last);
  if (!(from <= until)) return [];
  const found: Day[][] = [];
  for (let week = from - new Date(from).getUTCDay() * DAY_MS; week <= until; week += 7 * DAY_MS)
    found.push(Array.from({ length: 7 }, (_, at) => dayOf(week + at * DAY_MS, from, until)));
  return found;
}

function dayOf(at: number, from: number, until: number): Day {
  const day = new Date(at);
  return {
    iso: day.toISOString().slice(0, 10),
    number: day.getUTCDate(),
    open: at >= from && at <= until,
    first: at === from,
    beginsMonth: day.getUTCDate() === 1,
  };
}
