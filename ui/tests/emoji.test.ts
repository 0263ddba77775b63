import { describe, expect, it } from "vitest";
import { findEmoji } from "../kit/emoji/emoji";
import { stickerAt } from "../kit/sticker";
import { withLines } from "../desk/settings/forms/forms";

describe("emoji", () => {
  it("are found by English, kana of either kind, and kanji", () => {
    for (const words of ["cat", "CAT", "ネコ", "ねこ", "猫"]) expect(findEmoji(words)[0]?.sign).toBe("🐱");
    expect(findEmoji("nothing like it")).toEqual([]);
  });
  it("have words in both languages, each sign once", () => {
    const all = findEmoji("");
    expect(all.every((one) => one.sign && one.en && one.ja)).toBe(true);
    expect(new Set(all.map((one) => one.sign)).size).toBe(all.length);
  });
});

describe("stickers", () => {
  it("are known by their address, and nothing else is", () => {
    expect(stickerAt("https://kaiwa.example/stickers/thanks.png")).toBe("thanks");
    expect(stickerAt("https://kaiwa.example/stickers/other.png")).toBeNull();
    expect(stickerAt("https://kaiwa.example/x/stickers/thanks.png")).toBeNull();
  });
});

describe("options of a form", () => {
  it("are lines of one language laid beside those of the other", () => {
    const both = withLines(withLines([], "ja", "藍\n白"), "en", "Indigo\nWhite");
    expect(both).toEqual([{ ja: "藍", en: "Indigo" }, { ja: "白", en: "White" }]);
    expect(withLines(both, "ja", "藍")).toEqual([{ ja: "藍", en: "Indigo" }, { ja: "", en: "White" }]);
  });
});
