import { describe, expect, it } from "vitest";
import { fittingActs } from "../desk/palette/matching";
import { latin, oneSpelling } from "../desk/palette/romaji";

const ACTS = [
  { title: "担当を変更", also: "たんとうをへんこう わりあて assign owner" },
  { title: "完了にする", also: "かんりょう おわり close done" },
  { title: "設定：ショップ", also: "せってい しょっぷ みせ settings shop" },
];
const found = (query: string) => fittingActs(ACTS, query).map((one) => one.title);

describe("the palette", () => {
  it("offers everything before something is typed", () => {
    expect(found("")).toEqual(["担当を変更", "完了にする", "設定：ショップ"]);
  });

  it.each(["変更", "たんとう", "タントウ", "tantou", "ＴＡＮＴＯＵ", "assign", "わりあて", "wariate", "henkou", "HENKOU"])("finds however it is typed: %s", (query) => {
    expect(found(query)).toEqual(["担当を変更"]);
  });

  it.each(["しょっぷ", "shoppu", "syoppu", "ショップ", "shop", "settei"])("knows both spellings: %s", (query) => {
    expect(found(query)).toEqual(["設定：ショップ"]);
  });

  it("wants all words that were typed", () => {
    expect(found("設定 mise")).toEqual(["設定：ショップ"]);
    expect(found("担当 mise")).toEqual([]);
  });

  it("reads kana as they are typed", () => {
    expect(latin("へんこう")).toBe("henkou");
    expect(latin("キャンセル")).toBe("kyanseru");
    expect(latin("かんりょう")).toBe("kanryou");
    expect(latin("けっさい")).toBe("kessai");
    expect(latin("めーる")).toBe("meru");
    for (const [typed, kana] of [["shucchou", "しゅっちょう"], ["jouhou", "じょうほう"], ["fuzai", "ふざい"], ["tsugi", "つぎ"]] as const)
      expect(oneSpelling(typed)).toBe(latin(kana));
  });
});
