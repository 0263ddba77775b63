import { describe, expect, it } from "vitest";
import { dueWords, pressure, span, urgencyOf } from "../desk/staff/due";
import { routedWhy } from "../desk/staff/why";
import { bodyOf, draftOf, type Kept, newRule, number } from "../desk/settings/routing/routing";
import en from "../desk/staff/strings/en.json";
import ja from "../desk/staff/strings/ja.json";
import { translator } from "../kit/translate";
import type { Words } from "../desk/words/words";

const say = { ja: translator(ja) as unknown as Words, en: translator(en) as unknown as Words };
const NOW = Date.parse("2026-11-21T10:00:00Z");
const due = (minutes: number) => ({ at: new Date(NOW + minutes * 60_000).toISOString(), kind: "first", late: minutes <= 0 });

describe("until when", () => {
  it("counts down in the largest unit and never says 0 left", () => {
    expect(dueWords(say.ja, due(4), NOW)).toBe("あと4分");
    expect(dueWords(say.en, due(0.2), NOW)).toBe("1 min left");
    expect(dueWords(say.ja, due(-3), NOW)).toBe("3分超過");
    expect(dueWords(say.en, due(125), NOW)).toBe("2 h left");
    expect(span(say.en, 50 * 3600_000)).toBe("2 d");
  });

  it("presses from 15 minutes on", () => {
    expect([due(16), due(15), due(0)].map((one) => pressure(one, NOW))).toEqual(["far", "soon", "over"]);
    expect([urgencyOf("normal", null), urgencyOf("normal", due(-1)), urgencyOf("urgent", due(-1))]).toEqual([3, 2, 0]);
  });
});

describe("why it went there", () => {
  it("is said in the reader's language", () => {
    const why = JSON.stringify({ by: "least_loaded", load: 2, capacity: 6, skills: ["返品"], language: "ja", waived: ["language:en"] });
    expect(routedWhy(say.ja, why)).toBe("受け持ちが最も少ないため · 得意分野：返品 · 言語：日本語 · 条件から外したもの：英語 · 対応 2 / 6");
    expect(routedWhy(say.en, why)).toContain("has the least to do · skills: 返品 · language: Japanese");
    expect(routedWhy(say.en, "Aoi")).toBeNull();
  });
});

const kept: Kept = {
  on: true, capacity: 6, weights: { line: 2 }, grace_s: 120, widen_m: null, untouched_m: 5, by_language: true,
  rules: [{ inbox: 1, language: "ja", priority: null, value_minor: 500000, waited_m: 5, skill: "返品", raise_to: null }],
  targets: { normal: { first_m: 5, next_m: null, resolution_m: 480 } },
  inbox_targets: [{ inbox: 1, targets: { urgent: { first_m: 1, next_m: null, resolution_m: null } } }],
  abilities: [{ agent: 7, skills: ["返品", "VIP"], languages: ["ja"], capacity: 0 }],
  agents: [{ id: 7, name: "中村" }], inboxes: [{ id: 1, name: "LINE", channel: "line" }],
  currency: "JPY", decimals: 0, hours_told: true,
};

describe("what is written in the settings", () => {
  it("is what was kept when nothing is changed", () => {
    const { agents, inboxes, currency, decimals, hours_told, ...body } = kept;
    expect(bodyOf(draftOf(kept), decimals)).toEqual(body);
  });

  it("reads full-width numbers, and has the server refuse what is none", () => {
    expect(["１５", " 1,440 ", "", "five", "1.5", "-2"].map(number)).toEqual([15, 1440, null, -1, -1, -1]);
    const draft = { ...draftOf(kept), capacity: "many", rules: [{ ...newRule(), then: "raise" as const, waited: "5" }] };
    expect(bodyOf(draft, 0).capacity).toBe(-1);
    expect(bodyOf(draft, 0).rules?.[0]).toMatchObject({ waited_m: null, skill: null, raise_to: "high" });
  });
});
