import { describe, expect, it } from "vitest";
import { filledWords, missingOf, partWords, placeOf, type Template, templateRoute } from "../desk/composer/templates";
import type { Route } from "../desk/wire";

const template = {
  header: "", body: "{{name}}様、{{ 1 }}", blanks: [{ key: "body.name" }, { key: "body.1" }],
} as unknown as Template;
const route = (identity: number, templates: number, held = false) => ({ identity, templates, held }) as Route;

describe("a message template", () => {
  it("reads as its blanks are filled, and keeps those that are not", () => {
    expect(partWords(template, "body", { "body.name": "はな" })).toBe("はな様、{{ 1 }}");
    expect(missingOf(template, { "body.name": "はな", "body.1": "  " })).toEqual(["body.1"]);
  });

  it("has blanks on cards, which are counted from one", () => {
    expect(placeOf("card.1.body.2")).toEqual({ card: 2, name: "body.2" });
    expect(placeOf("body.card")).toEqual({ card: 0, name: "body.card" });
    expect(filledWords("{{1}}と{{2}}", "card.0.body", { "card.0.body.1": "茶碗", "body.2": "x" })).toBe("茶碗と{{2}}");
  });

  it("goes to the chosen address if that takes any, else to where the talk is held", () => {
    const routes = [route(1, 0), route(2, 3), route(3, 1, true)];
    expect(templateRoute(routes, routes[1] as Route)?.identity).toBe(2);
    expect(templateRoute(routes, routes[0] as Route)?.identity).toBe(3);
    expect(templateRoute([route(1, 0)], null)).toBeNull();
  });
});
