import { describe, expect, it } from "vitest";
import { bestRoute, chosenRoute, mayContinue } from "../desk/composer/routes";
import { excerpt, marked } from "../desk/search/marked";
import { stillPending } from "../desk/thread/pending-left";
import type { Pending } from "../desk/thread/pending";
import type { Route, Row } from "../desk/wire";

const route = (identity: number, more: Partial<Route> = {}): Route => ({
  identity, channel: "email", label: "", open: true, kind: "email", cost: "free", expires_at: null, reason: null,
  closed: null, held: false, carries: true, templates: 0, quota: null, ...more,
});
const row = { channel: "line" } as Row;

describe("where a reply goes", () => {
  const line = route(1, { channel: "line", kind: "push", cost: "metered" });
  const live = route(2, { channel: "web_chat", kind: "live" });
  const sms = route(3, { channel: "sms", kind: "sms", cost: "metered" });

  it("is the channel last spoken on, else the live widget, else the cheapest", () => {
    expect(bestRoute([live, line], row)).toBe(line);
    expect(bestRoute([sms, live, { ...line, open: false }], row)).toBe(live);
    expect(bestRoute([sms, route(4)], row)?.identity).toBe(4);
    expect(bestRoute([{ ...line, open: false }], row)).toBeNull();
  });

  it("is where the conversation is held, although another address of that channel is there", () => {
    const held = route(5, { channel: "line", kind: "push", cost: "metered", held: true });
    expect(bestRoute([line, held], row)).toBe(held);
  });

  it("may become another one for good where that is open and proven", () => {
    expect([sms, { ...sms, held: true }, { ...sms, carries: false }, { ...sms, open: false }].map(mayContinue)).toEqual([
      true, false, false, false,
    ]);
  });

  it("is the agent's choice while that is open", () => {
    expect(chosenRoute([line, live], row, 2)).toBe(live);
    expect(chosenRoute([line, { ...live, open: false }], row, 2)).toBe(line);
  });
});

describe("found words", () => {
  const words = (text: string, query: string) => marked(text, query).filter((one) => one.hit).map((one) => one.text);

  it("are marked, whatever their width and case", () => {
    expect(words("返品と交換、返品の送料", "返品")).toEqual(["返品", "返品"]);
    expect(words("ＬＩＮＥ で LINE", "line")).toEqual(["ＬＩＮＥ", "LINE"]);
    expect(words("土鍋の黒", "黒 土鍋")).toEqual(["土鍋", "黒"]);
  });

  it("lose nothing of the text", () => {
    const text = "Can I get 返品 for #10482? 100%";
    expect(marked(text, "返品 %").map((one) => one.text).join("")).toBe(text);
    expect(marked(text, "  ")).toEqual([{ text, hit: false }]);
  });

  it("stand in the excerpt", () => {
    expect(excerpt(`${"あ".repeat(300)}返品${"い".repeat(300)}`, "返品")).toContain("返品");
    expect(excerpt("短い文", "返品")).toBe("短い文");
  });
});

describe("what this browser sent", () => {
  it("is no longer pending once the server has it", () => {
    const pending = [{ clientId: "a" }, { clientId: "b" }] as Pending[];
    expect(stillPending(pending, [{ client_id: "a" }, { client_id: null }]).map((one) => one.clientId)).toEqual(["b"]);
  });
});
