import { describe, expect, it } from "vitest";
import { serverTable, spoken } from "../scripts/server-words.mjs";
import { faultsOf } from "../scripts/string-faults.mjs";
import desk from "../desk/strings/en.json";

const server = {
  ja: { "hosted.pay": "支払う", "greet.hi@concise": "どうも" },
  en: { "hosted.pay": "Pay", "greet.hi@concise": "Hi" },
};
const faults = (ja, en) => faultsOf({ ja, en }, server);

describe("one catalogue of words", () => {
  it("says the server's words where a table names their key", () => {
    expect(spoken({ pay: "@hosted.pay", own: "Mine", mail: "a @ b" }, server.en)).toEqual({ pay: "Pay", own: "Mine", mail: "a @ b" });
    expect(() => spoken({ pay: "@hosted.gone" }, server.en)).toThrow('"pay" means "hosted.gone"');
  });

  it("is what the screens read", () => {
    expect(desk["desk.channel.line"]).toBe(serverTable("en")["router.name.line"]);
    expect(Object.values(desk).filter((text) => text.startsWith("@"))).toEqual([]);
  });

  it("has no words twice", () => {
    expect(faults({ own: "支払う" }, { own: "Pay" })).toEqual(['"own" repeats the server: write "@hosted.pay"']);
    expect(faults({ own: "支払う" }, { own: "Pay now" })).toEqual([]);
    expect(faults({ own: "@hosted.pay" }, { own: "@hosted.pay" })).toEqual([]);
    expect(faults({ own: "どうも" }, { own: "Hi" })).toEqual([]);
  });

  it("lacks no key in a language", () => {
    expect(faults({ a: "あ" }, { a_one: "1" })).toEqual(['en has no "a"']);
    expect(faults({ a: "あ" }, { a: "A", b: "B", a_one: "1" })).toEqual(['ja has no "b"']);
    expect(faults({ a: "{n}個" }, { a: "{m}" })).toEqual(['"a" has other {places}']);
    expect(faults({ a: "@hosted.pay" }, { a: "Pay it" })).toEqual(['"a" means two things']);
    expect(faults({ a: "@gone" }, { a: "@gone" })).toEqual([
      '"a" means "gone", which the server does not say in ja',
      '"a" means "gone", which the server does not say in en',
    ]);
  });
});
