import { beforeEach, expect, it, vi } from "vitest";
import { arrival } from "../widget/loader/arrival";

let kept = "";
const memory = { came: () => kept, come: (came: string) => void (kept = came) };

beforeEach(() => {
  kept = "";
});

function at(hash: string) {
  const replaceState = vi.fn();
  vi.stubGlobal("location", { hash, pathname: "/p", search: "?a=1" });
  vi.stubGlobal("history", { state: 7, replaceState });
  return { found: arrival(memory), replaceState };
}

it("opens the chat, takes the word along and leaves none of it in the address", () => {
  const { found, replaceState } = at("#kaiwa=abc_DEF-123");
  expect(found).toEqual({ opens: true, came: { ref: "abc_DEF-123", key: expect.stringMatching(/^[0-9-]{16,64}$/) } });
  expect(replaceState).toHaveBeenCalledWith(7, "", "/p?a=1");
  kept = "";
  expect(at("#kaiwa").found).toEqual({ opens: true, came: {} });
});

it("comes by the same key until it was answered, and by another link with another one", () => {
  const { came } = at("#kaiwa=first").found;
  expect(at("#kaiwa=first").found.came).toEqual(came);
  // The page was loaded anew before there was an answer.
  expect(at("").found).toEqual({ opens: false, came });
  expect(at("#kaiwa=second").found.came.key).not.toBe(came.key);
  memory.come("");
  expect(at("").found.came).toEqual({});
});

it.each(["", "#reviews", "#kaiwa=", "#kaiwa=a b", "#kaiwax", `#kaiwa=${"a".repeat(65)}`])("leaves %s to the page", (hash) => {
  const { found, replaceState } = at(hash);
  expect(found).toEqual({ opens: false, came: {} });
  expect(replaceState).not.toHaveBeenCalled();
});
