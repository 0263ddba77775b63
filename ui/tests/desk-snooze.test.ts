import { describe, expect, it } from "vitest";
import { snoozeTimes } from "../desk/sorting/snooze-times";
import { filterQuery, readFilter } from "../desk/sorting/filter";

const names = (now: Date) => snoozeTimes(now).map((one) => one.name);

describe("the usual times to come back", () => {
  it("lie ahead, in order, and this evening only while it is more than an hour away", () => {
    const morning = new Date(2026, 10, 18, 10, 0);
    const times = snoozeTimes(morning);
    expect(times.map((one) => one.name)).toEqual(["hour", "evening", "tomorrow", "monday"]);
    expect(times[1]?.at).toEqual(new Date(2026, 10, 18, 17));
    expect(times[3]?.at).toEqual(new Date(2026, 10, 23, 9));
    expect(names(new Date(2026, 10, 18, 16, 30))).toEqual(["hour", "tomorrow", "monday"]);
  });

  it("mean the next Monday on a Monday, and tomorrow on a Sunday", () => {
    expect(snoozeTimes(new Date(2026, 10, 23, 8)).at(-1)?.at).toEqual(new Date(2026, 10, 30, 9));
    expect(snoozeTimes(new Date(2026, 10, 22, 8)).at(-1)?.at).toEqual(new Date(2026, 10, 23, 9));
  });
});

describe("a filter in the address", () => {
  it("comes back as it was, and takes nothing that is no filter", () => {
    const only = { priority: "high", label: 3, channel: "line", team: 9 } as const;
    expect(readFilter(new URLSearchParams(filterQuery(only)))).toEqual(only);
    expect(readFilter(new URLSearchParams("priority=soon&label=x&team=-1"))).toEqual({});
  });
});
