// The usual times to come back to a conversation, on this device's clock.

export type SnoozeName = "hour" | "evening" | "tomorrow" | "monday";

/** In an hour, this evening at 17:00 while that is ahead, tomorrow and next Monday at 9:00. */
export function snoozeTimes(now: Date): { name: SnoozeName; at: Date }[] {
  const times: { name: SnoozeName; at: Date }[] = [{ name: "hour", at: new Date(now.getTime() + 3_600_000) }];
  const evening = at(now, 0, 17);
  if (evening.getTime() - now.getTime() > 3_600_000) times.push({ name: "evening", at: evening });
  times.push({ name: "tomorrow", at: at(now, 1, 9) });
  times.push({ name: "monday", at: at(now, (8 - now.getDay()) % 7 || 7, 9) });
  return times;
}

function at(now: Date, days: number, hour: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour);
}
