import { describe, expect, it } from "vitest";
import { isConnected, moved } from "../desk/settings/fallback/chain";

describe("the order of channels", () => {
  it("moves one by a step and keeps the others", () => {
    expect(moved(["line", "email", "sms"], 1, -1)).toEqual(["email", "line", "sms"]);
    expect(moved(["line", "email", "sms"], 1, 1)).toEqual(["line", "sms", "email"]);
    expect(moved(["line"], 5, 1)).toEqual(["line"]);
  });

  it("knows a family by any of its members", () => {
    expect(isConnected("sms", ["sms_twilio"])).toBe(true);
    expect(isConnected("sms", ["smsx", "line"])).toBe(false);
    expect(isConnected("line", ["line"])).toBe(true);
  });
});
