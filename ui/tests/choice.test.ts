import { describe, expect, it } from "vitest";
import { choose, chosenVariant, firstChoice, inPayload, openOption, standing } from "../widget/panel/shop/choice";
import type { Product, Variant } from "../widget/panel/shop/wire";

const variant = (id: number, options: string[], most: number): Variant => ({
  id,
  sku: null,
  title: options.join(" / "),
  options,
  price: { amount_minor: 100, currency: "JPY" },
  compare_at: null,
  stock: "",
  most,
  wished: false,
});

const shirt: Product = {
  id: 1,
  handle: "shirt",
  title: "Shirt",
  body: "",
  image_url: null,
  options: [
    { name: "Colour", values: ["Cream", "Ink"] },
    { name: "Size", values: ["S", "L"] },
  ],
  variants: [variant(1, ["Cream", "S"], 9), variant(2, ["Cream", "L"], 0), variant(3, ["Ink", "L"], 1)],
};

describe("choosing a variant", () => {
  it("begins with what was shown, and with nothing that is sold out", () => {
    expect(firstChoice(shirt, 3)).toEqual(["Ink", "L"]);
    expect(firstChoice(shirt, 2)).toEqual([null, null]);
    expect(firstChoice(shirt, null)).toEqual([null, null]);
  });

  it("says of a value that it is there, sold out or not made, by what is chosen before it", () => {
    expect(standing(shirt, [null, null], 0, "Cream")).toBe("there");
    expect(standing(shirt, ["Cream", null], 1, "L")).toBe("sold_out");
    expect(standing(shirt, ["Ink", null], 1, "S")).toBe("none");
    expect(standing(shirt, [null, null], 1, "L")).toBe("there");
  });

  it("never blocks the first option by what is chosen of a later one", () => {
    expect(standing(shirt, [null, "L"], 0, "Cream")).toBe("there");
    expect(choose(shirt, ["Ink", "L"], 0, "Cream")).toEqual(["Cream", null]);
  });

  it("keeps a later option where it can be had", () => {
    const both = { ...shirt, variants: [...shirt.variants, variant(4, ["Ink", "S"], 2)] };
    expect(choose(both, ["Cream", "S"], 0, "Ink")).toEqual(["Ink", "S"]);
  });

  it("finds the variant once everything is chosen, and names what is open", () => {
    expect(chosenVariant(shirt, ["Cream", null])).toBeNull();
    expect(openOption(shirt, ["Cream", null])).toBe("Size");
    expect(chosenVariant(shirt, ["Ink", "L"])?.id).toBe(3);
    expect(openOption(shirt, ["Ink", "L"])).toBeNull();
  });

  it("takes the only variant of a product without options", () => {
    const plain = { ...shirt, options: [], variants: [variant(7, [], 5)] };
    expect(chosenVariant(plain, firstChoice(plain, null))?.id).toBe(7);
  });
});

describe("a card's payload", () => {
  it("names the product, and the variant when it is a certain one", () => {
    expect(inPayload("add:12:34")).toEqual({ product: 12, variant: 34 });
    expect(inPayload("add:12:0")).toEqual({ product: 12, variant: null });
  });

  it.each(["show:12", "add:12", "add:x:1", "add:1:2:3", "", null, undefined])("is nothing to put in: %s", (payload) => {
    expect(inPayload(payload)).toBeNull();
  });
});
