import { afterEach, describe, expect, it } from "vitest";
import { heardTime, serverNow } from "../kit/clock";
import { day } from "../kit/locale";

const HERE = Date.parse("2026-11-22T10:00:00Z");

describe("a clock that is wrong", () => {
  afterEach(() => heardTime(new Date().toUTCString()));

  it("is put right by what the server says", () => {
    heardTime("Sun, 22 Nov 2026 13:00:00 GMT", HERE);
    expect(serverNow() - Date.now()).toBe(3 * 3_600_000);
    heardTime("Sun, 22 Nov 2026 09:30:00 GMT", HERE);
    expect(serverNow() - Date.now()).toBe(-1_800_000);
  });

  it("is left alone within what a date of whole seconds can tell", () => {
    heardTime("Sun, 22 Nov 2026 10:00:04 GMT", HERE);
    expect(serverNow() - Date.now()).toBe(0);
  });

  it("stays as it was known when an answer says nothing of it", () => {
    heardTime("Sun, 22 Nov 2026 13:00:00 GMT", HERE);
    heardTime(null, HERE);
    heardTime("no date", HERE);
    expect(serverNow() - Date.now()).toBe(3 * 3_600_000);
  });

  it("does not change what is called today", () => {
    heardTime(new Date(Date.now() + 40 * 86_400_000).toUTCString());
    expect(day(new Date(Date.now() + 40 * 86_400_000), "ja")).toBe("今日");
  });
});
