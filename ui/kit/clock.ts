// What time it is where the times come from: a device whose clock is wrong must not count waits and days by it.

/** The answer's date is in whole seconds and some time on its way: less than this is no wrong clock. */
const TRUSTED_MS = 5_000;

let ahead = 0;

/** Every answer of the server says when it was given. */
export function heardTime(date: string | null, here = Date.now()): void {
  const there = Date.parse(date ?? "");
  if (Number.isNaN(there)) return;
  const off = there - here;
  ahead = Math.abs(off) < TRUSTED_MS ? 0 : off;
}

/** The present by the server's clock, as far as it has been heard from. */
export const serverNow = (): number => Date.now() + ahead;
