import { describe, expect, it } from "vitest";
import { blanksIn, filled, pieces, slashAt } from "../desk/composer/blanks";
import { type ChosenCard, MOST_CARDS, withCards } from "../desk/composer/cards";
import { type SavedReply, fitting } from "../desk/composer/replies";
import { minorOf } from "../desk/customer/amount";

const TEXT = "{{customer.name}}様、注文 {{ order.number }} です。{{customer.name}}";

describe("a blank", () => {
  it("is filled from the facts, and stays as it is without one", () => {
    expect(blanksIn(TEXT)).toEqual(["customer.name", "order.number"]);
    const done = filled(TEXT, { "customer.name": "佐々木" });
    expect(done).toBe("佐々木様、注文 {{ order.number }} です。佐々木");
    expect(blanksIn(done)).toEqual(["order.number"]);
  });

  it("is shown in its own piece, known or not", () => {
    expect(pieces("a {{order.number}} b {{agent.name}}", { "agent.name": "中村" })).toEqual([
      { text: "a ", blank: null, known: true },
      { text: "order.number", blank: "order.number", known: false },
      { text: " b ", blank: null, known: true },
      { text: "中村", blank: "agent.name", known: true },
    ]);
  });
});

describe("a slash", () => {
  it("begins a search at the start of a word only", () => {
    expect(slashAt("/交換", 3)).toEqual({ query: "交換", from: 0 });
    expect(slashAt("はい /ko", 6)).toEqual({ query: "ko", from: 3 });
    expect(slashAt("1/2", 3)).toBeNull();
    expect(slashAt("https://", 8)).toBeNull();
    expect(slashAt("/ko です", 6)).toBeNull();
  });
});

describe("saved replies", () => {
  const reply = (id: number, more: Partial<SavedReply>): SavedReply => ({ id, title: `t${id}`, shortcut: "", language: null, text: "x", shared: true, ...more });
  it("come by shortcut, then title, then words, the customer's language first", () => {
    const all = [
      reply(1, { text: "about an exchange" }),
      reply(2, { title: "Exchange" }),
      reply(3, { shortcut: "exchange", language: "en" }),
      reply(4, { shortcut: "exchange", language: "ja" }),
      reply(5, {}),
    ];
    expect(fitting(all, "exch", "ja").map((one) => one.id)).toEqual([4, 2, 1, 3]);
    expect(fitting(all, "exch", "en").map((one) => one.id)).toEqual([3, 2, 1, 4]);
  });
});

describe("cards", () => {
  const card = (variant: number, seen_minor = 1): ChosenCard => ({ card: { type: "product", variant, seen_minor }, label: "", detail: "" });
  it("stand once, as seen last, and never more than fit", () => {
    expect(withCards([card(1), card(2)], [card(1, 5)])).toEqual([card(2), card(1, 5)]);
    expect(withCards([], Array.from({ length: 20 }, (_, n) => card(n)))).toHaveLength(MOST_CARDS);
  });
});

describe("an amount", () => {
  it("is read in minor units of its currency, or is none", () => {
    expect(minorOf("1,300", "JPY")).toBe(1300);
    expect(minorOf("１３００", "JPY")).toBe(1300);
    expect(minorOf("13.5", "USD")).toBe(1350);
    expect(minorOf("13", "USD")).toBe(1300);
    for (const wrong of ["", "-5", "13.5", "1e5", "abc"]) expect(minorOf(wrong, "JPY")).toBe(0);
  });
});
