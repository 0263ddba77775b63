import { expect, it } from "vitest";
import { rowsOf } from "../widget/panel/rows";
import { partOf } from "../widget/panel/view/useViews";
import { message } from "./made";

const own = { direction: "in", sender: "customer" } as const;
const thread = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, at) => message(first + at, (first + at) % 2 ? own : {}));

function partsOf(first: number, last: number): string[] {
  let part = "";
  return rowsOf(thread(first, last), null).map((row) => (part = partOf(row, part)));
}

it("keeps a message in its part whatever is loaded above", () => {
  expect(new Set(partsOf(26, 60))).toEqual(new Set(["1:1", "1:2"]));
  expect([...new Set(partsOf(1, 60))]).toEqual(["1:0", "1:1", "1:2"]);
});

it("lays what has no place of its own to what stands before it", () => {
  expect(partOf({ key: "unread" }, "1:4")).toBe("1:4");
  expect(partOf({ key: "d7:26" }, "1:4")).toBe("7:1");
});
