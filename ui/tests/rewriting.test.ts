import { describe, expect, it } from "vitest";
import { ApiError } from "../kit/api";
import { Rewrites } from "../desk/composer/rewriting";

const asked: object[] = [];
const answers = (text: string) => async (_: string, body: object) => (asked.push(body), { text });

describe("a rewritten draft", () => {
  it("takes the draft's place only when it is taken, and can be taken back", async () => {
    const one = new Rewrites(7, answers("かしこまりました。"));
    await one.begin("politer", "はい", "away");
    expect(asked).toEqual([{ text: "はい", way: "politer" }]);
    expect(one.store.get().phase).toBe("offered");
    expect(one.take("はい")).toBe("かしこまりました。");
    expect(one.takeBack("かしこまりました。")).toBe("はい");
    expect(one.takeBack("かしこまりました。")).toBeNull();
  });

  it("is void once the draft is another one, and so is its undo", async () => {
    const one = new Rewrites(7, answers("B"));
    await one.begin("shorter", "A", "away");
    expect(one.take("A and more")).toBeNull();
    expect(one.take("A")).toBe("B");
    expect(one.takeBack("B and more")).toBeNull();
  });

  it("says why there is none, and a stopped one never comes", async () => {
    const refused = new Rewrites(7, async () => Promise.reject(new ApiError(409, "refused", "No.")));
    await refused.begin("to_en", "A", "away");
    expect(refused.store.get()).toMatchObject({ phase: "failed", fault: "No." });
    const offline = new Rewrites(7, async () => Promise.reject(new ApiError(0, "unreachable", "x")));
    await offline.begin("to_en", "A", "away");
    expect(offline.store.get().fault).toBe("away");
    const slow = new Rewrites(7, answers("late"));
    const coming = slow.begin("to_en", "A", "away");
    slow.leave();
    await coming;
    expect(slow.store.get().phase).toBe("idle");
  });
});
