import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { renewer } from "../widget/panel/standing";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("asks once for all who wait, and again after it failed", async () => {
  const request = vi.fn();
  const renewal = renewer(request);
  const waiting = [renewal.ask(), renewal.ask()];
  expect(request).toHaveBeenCalledTimes(1);
  renewal.failed();
  expect(await Promise.all(waiting)).toEqual([false, false]);
  const next = renewal.ask();
  expect(request).toHaveBeenCalledTimes(2);
  // The patience of the first does not end the second.
  vi.advanceTimersByTime(9_999);
  renewal.arrived();
  expect(await next).toBe(true);
});

it("waits ten seconds and no longer", async () => {
  const renewal = renewer(vi.fn());
  const asked = renewal.ask();
  vi.advanceTimersByTime(10_000);
  expect(await asked).toBe(false);
});
