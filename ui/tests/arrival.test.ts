import { expect, it, vi } from "vitest";
import { arrival } from "../widget/loader/arrival";

function at(hash: string) {
  const replaceState = vi.fn();
  vi.stubGlobal("location", { hash, pathname: "/p", search: "?a=1" });
  vi.stubGlobal("history", { state: 7, replaceState });
  return { found: arrival(), replaceState };
}

it("opens the chat, takes the word along and leaves none of it in the address", () => {
  const { found, replaceState } = at("#kaiwa=abc_DEF-123");
  expect(found).toEqual({ opens: true, ref: "abc_DEF-123" });
  expect(replaceState).toHaveBeenCalledWith(7, "", "/p?a=1");
  expect(at("#kaiwa").found).toEqual({ opens: true, ref: null });
});

it.each(["", "#reviews", "#kaiwa=", "#kaiwa=a b", "#kaiwax", `#kaiwa=${"a".repeat(65)}`])("leaves %s to the page", (hash) => {
  const { found, replaceState } = at(hash);
  expect(found).toEqual({ opens: false, ref: null });
  expect(replaceState).not.toHaveBeenCalled();
});
