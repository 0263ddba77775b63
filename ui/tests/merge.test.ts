import { describe, expect, it } from "vitest";
import { beforeFirstGap, fillIn, merge, withinReach } from "../kit/merge";
import { message } from "./made";

const seqs = (messages: { seq: number }[]) => messages.map(({ seq }) => seq);

describe("merge", () => {
  it("orders by seq whatever the order of arrival", () => {
    let thread = merge([], [message(3)]);
    thread = merge(thread, [message(1), message(4)]);
    thread = merge(thread, [message(2)]);
    expect(seqs(thread)).toEqual([1, 2, 3, 4]);
  });

  it("replaces a message of the same seq and doubles none", () => {
    const thread = merge([message(1), message(2)], [message(2, { state: "read" }), message(2, { state: "read" })]);
    expect(seqs(thread)).toEqual([1, 2]);
    expect(thread[1]!.state).toBe("read");
  });

  it("keeps a later conversation behind an earlier one although its seq begins anew", () => {
    const thread = merge([message(1), message(2)], [message(1, { conversation: 2 })]);
    expect(thread.map(({ conversation, seq }) => [conversation, seq])).toEqual([[1, 1], [1, 2], [2, 1]]);
  });
});

describe("fillIn", () => {
  it("fills holes without overwriting what the live stream said since", () => {
    const thread = fillIn([message(1), message(3, { state: "read" })], [message(2), message(3)]);
    expect(seqs(thread)).toEqual([1, 2, 3]);
    expect(thread[2]!.state).toBe("read");
  });
});

describe("withinReach", () => {
  it("leaves out changes of messages that are not loaded yet", () => {
    expect(seqs(withinReach([message(51), message(52)], [message(12), message(52), message(53)]))).toEqual([52, 53]);
    expect(seqs(withinReach([], [message(12)]))).toEqual([12]);
  });
});

describe("beforeFirstGap", () => {
  it("names the last seq before the hole", () => {
    expect(beforeFirstGap([message(4), message(5), message(8), message(11)])).toMatchObject({ conversation: 1, seq: 5 });
  });

  it("sees none in a whole thread, also when it does not begin at 1", () => {
    expect(beforeFirstGap([message(7), message(8)])).toBeNull();
    expect(beforeFirstGap([])).toBeNull();
  });

  it("looks at the newest conversation only", () => {
    expect(beforeFirstGap([message(1), message(9), message(1, { conversation: 2 })])).toBeNull();
  });

  it("misses the beginning of a conversation that follows another", () => {
    expect(beforeFirstGap([message(1), message(3, { conversation: 2 })])).toEqual({ conversation: 2, seq: 0 });
  });

  it("passes over a hole that is known to be real, to the next one", () => {
    const thread = [message(1), message(4), message(5), message(9)];
    expect(beforeFirstGap(thread, new Set(["1:1"]))).toMatchObject({ seq: 5 });
    expect(beforeFirstGap(thread, new Set(["1:1", "1:5"]))).toBeNull();
    expect(beforeFirstGap(thread, new Set(["2:1"]))).toMatchObject({ seq: 1 });
  });
});
