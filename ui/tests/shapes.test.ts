import { describe, expect, it } from "vitest";
import ja from "../desk/strings/ja.json";
import { sentenceOf } from "../desk/thread/degraded";
import { reasonKey, reasonRest } from "../desk/thread/reason";
import { translator } from "../kit/translate";
import { Receipts } from "../widget/panel/receipts";
import { isLater } from "../widget/panel/state";
import { stockMood } from "../widget/panel/stock";
import { message } from "./made";

const t = translator(ja);

describe("reasonKey", () => {
  it("knows the word before the words", () => {
    expect(reasonKey("quota: this month's messages are used up")).toBe("desk.reason.quota");
    expect(reasonKey("crashed_while_sending")).toBe("desk.reason.crashed_while_sending");
  });

  it("leaves an unknown reason to the server's words", () => {
    expect(reasonKey("policy: not on a Sunday")).toBeNull();
    expect(reasonRest("policy: not on a Sunday")).toBe("not on a Sunday");
    expect(reasonKey(null)).toBeNull();
  });
});

describe("sentenceOf", () => {
  it("names the part and what was in it", () => {
    const lost = { block: "buttons", became: "quick reply", lost: "button that asks for a place: 店を探す" };
    expect(sentenceOf(lost, t)).toBe("ボタン「店を探す」は返信の候補にして送りました");
    expect(sentenceOf({ block: "carousel", became: "text", lost: "all cards" }, t)).toBe("商品の並びは文章にして送りました");
  });

  it("says nothing about what it does not know", () => {
    expect(sentenceOf({ block: "hologram", became: "text", lost: "depth" }, t)).toBeNull();
  });

  it("has words for what a text message and a catalogue leave out", () => {
    expect(sentenceOf({ block: "carousel", became: "first few", lost: "10 of 13 cards" }, t)).toBe("商品の並びは初めの数点だけ送りました");
    expect(sentenceOf({ block: "product_card", became: "written answer", lost: "buttons to press: かごに入れる" }, t)).toBe(
      "商品カード「かごに入れる」は言葉を書いて答える形にしました",
    );
  });
});

describe("stockMood", () => {
  it("repeats what the words say", () => {
    expect(["在庫あり", "残り2点", "入荷待ち", "In stock", "Only 2 left", "Back soon"].map(stockMood)).toEqual([
      "there", "few", "none", "there", "few", "none",
    ]);
  });
});

describe("Receipts", () => {
  it("begins anew with a new conversation, whose seq begins anew", () => {
    const told: object[] = [];
    const receipts = new Receipts((frame) => told.push(frame) > 0);
    receipts.update([message(9)], true);
    receipts.update([message(9), message(2, { conversation: 2 })], true);
    receipts.update([message(9), message(2, { conversation: 2 })], true);
    expect(told).toEqual([
      { type: "delivered", seq: 9 }, { type: "read", seq: 9 }, { type: "delivered", seq: 2 }, { type: "read", seq: 2 },
    ]);
  });
});

describe("isLater", () => {
  const conversation = (id: number, status: "open" | "closed") =>
    ({ id, status, answered_by: "bot", waiting: false, agent: null, last_seq: 1 }) as const;

  it("goes on to the newest, and back to an old one only when it is opened again", () => {
    expect(isLater(conversation(8, "open"), conversation(7, "closed"))).toBe(true);
    expect(isLater(conversation(7, "closed"), conversation(8, "open"))).toBe(false);
    expect(isLater(conversation(7, "open"), conversation(8, "closed"))).toBe(true);
  });
});
