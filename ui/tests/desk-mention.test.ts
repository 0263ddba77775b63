import { describe, expect, it } from "vitest";
import { atSign, called, named } from "../desk/composer/mention";

const people = [
  { id: 1, name: "田中 翔" },
  { id: 2, name: "Ken" },
  { id: 3, name: "Kenta Mori" },
];

describe("naming a colleague", () => {
  it("begins at an @ that is no e-mail address's", () => {
    expect(atSign("見て @田", 5)).toEqual({ query: "田", from: 3 });
    expect(atSign("見て@", 3)).toEqual({ query: "", from: 2 });
    expect(atSign("a@b", 3)).toBeNull();
    expect(atSign("@a\nb", 4)).toBeNull();
    expect(atSign("none", 4)).toBeNull();
  });

  it("finds by the name or a word of it, and never oneself", () => {
    expect(called(people, "ken", 2).map((one) => one.id)).toEqual([3]);
    expect(called(people, "mo", 1).map((one) => one.id)).toEqual([3]);
    expect(called(people, "翔", 2).map((one) => one.id)).toEqual([1]);
    expect(called(people, "ken please look", 1)).toEqual([]);
  });

  it("shows the longest name of those that begin alike", () => {
    expect(named("Hi @kenta mori and @Ken.", people.slice(1))).toEqual([
      { text: "Hi ", named: false },
      { text: "@kenta mori", named: true },
      { text: " and ", named: false },
      { text: "@Ken", named: true },
      { text: ".", named: false },
    ]);
    expect(named("@Ken", [])).toEqual([{ text: "@Ken", named: false }]);
  });
});
