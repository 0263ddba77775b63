import { describe, expect, it } from "vitest";
import { accentColours } from "../kit/accent";
import { date, initial, money, time } from "../kit/locale";
import { translator } from "../kit/translate";

describe("local formats", () => {
  it("writes money without the full-width sign, by the currency's own decimals", () => {
    expect(money({ amount_minor: 8800, currency: "JPY" }, "ja")).toBe("¥8,800");
    expect(money({ amount_minor: 1250, currency: "USD" }, "en")).toBe("$12.50");
  });

  it("writes dates as a reader does", () => {
    const now = new Date("2026-11-21T03:00:00Z");
    expect(date("2026-11-28T03:00:00Z", "ja", now, "Asia/Tokyo")).toBe("11月28日（土）");
    expect(date("2026-11-28T03:00:00Z", "en", now, "Asia/Tokyo")).toContain("Sat");
    expect(time("2026-11-28T05:02:00Z", "ja", "Asia/Tokyo")).toBe("14:02");
  });

  it("takes the first character of a name, also outside the basic plane", () => {
    expect([initial("森下"), initial("morishita"), initial("𠮷田"), initial(null)]).toEqual(["森", "M", "𠮷", "?"]);
  });
});

describe("words", () => {
  it("fills in and counts", () => {
    const t = translator({ pieces: "{n} products", pieces_one: "{n} product" });
    expect([t("pieces", { n: 1 }), t("pieces", { n: 3 })]).toEqual(["1 product", "3 products"]);
  });
});

describe("accent", () => {
  it("darkens a colour that white text could not be read on", () => {
    expect(accentColours("#ffd400")!.light["--ai"]).not.toBe("rgb(255 212 0)");
    expect(accentColours("#27408b")!.light["--ai"]).toBe("rgb(39 64 139)");
  });

  it("ignores what is not a colour", () => {
    expect(accentColours("url(//evil)")).toBeNull();
  });
});
