// What is typed in the settings becomes what the server keeps, and back.
import { describe, expect, it } from "vitest";
import { bodyOf, draftOf, type Kept, listOf, minorOf, newTopic, spansOf } from "../desk/settings/voice";

const kept: Kept = {
  voice: {
    bot_name: "こだち",
    greeting: { ja: "どうぞ" },
    tone: "friendly",
    emoji: "few",
    disclosure: "start",
    about: {},
    topics: [{ name: "薬", words: { ja: ["薬", "飲み合わせ"] }, answer: {}, person: true }],
    weekly: { mon: ["10:00-12:00", "13:00-18:00"] },
    holidays: ["2026-12-31"],
    public_holidays: true,
    high_value_minor: 50_000,
  },
  timezone: "Asia/Tokyo",
  currency: "JPY",
  decimals: 0,
  samples: { ja: [], en: [] },
};

describe("the voice", () => {
  it("comes back as it was kept", () => {
    const body = bodyOf(draftOf(kept), 0);
    expect(body).toMatchObject({
      bot_name: "こだち",
      greeting: { ja: "どうぞ", en: "" },
      topics: [{ name: "薬", words: { ja: ["薬", "飲み合わせ"], en: [] }, person: true }],
      holidays: ["2026-12-31"],
      public_holidays: true,
      high_value_minor: 50_000,
    });
    expect(body.weekly.mon).toEqual(["10:00-12:00", "13:00-18:00"]);
    expect(body.weekly.tue).toEqual([]);
  });

  it("leaves out a topic with nothing in it", () => {
    const draft = { ...draftOf(kept), topics: [newTopic(), { ...newTopic(), name: "占い" }] };
    expect(bodyOf(draft, 0).topics.map((one) => one.name)).toEqual(["占い"]);
  });

  it("reads hours as people write them", () => {
    expect(spansOf("９：００〜12：00、 13:00 – 18:00")).toEqual(["09:00-12:00", "13:00-18:00"]);
    expect(spansOf("")).toEqual([]);
    expect(spansOf("休み")).toEqual(["休み"]);
  });

  it("reads lists and amounts", () => {
    expect(listOf("薬、 飲み合わせ,a\nb,,")).toEqual(["薬", "飲み合わせ", "a", "b"]);
    expect(minorOf("¥５０，０００", 0)).toBe(50_000);
    expect(minorOf("19.80", 2)).toBe(1_980);
    expect(minorOf("", 0)).toBeNull();
    expect(minorOf("much", 0)).toBe(0);
  });
});
