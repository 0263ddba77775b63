import { describe, expect, it } from "vitest";
import { joinPage, mergeById, mergeMessages } from "../desk/thread/merge";
import { Stretches } from "../desk/thread/stretches";
import { wordsOf } from "../desk/thread/timeline";
import type { DeskMessage, Happening, Note } from "../desk/wire";

const at = (minute: number) => `2026-11-21T10:${String(minute).padStart(2, "0")}:00Z`;
const dayOf = (time: string) => time.slice(0, 10);

function message(seq: number, more: Partial<DeskMessage> = {}): DeskMessage {
  return {
    id: 100 + seq, conversation: 7, seq, direction: "out", sender: "agent", name: "中村", agent: 1, channel: "line",
    state: "queued", error: null, content: null, blocks: [{ type: "text", text: `${seq}`, source: null }], client_id: null,
    degradations: [], occurred_at: at(seq), recorded_at: at(seq), edited_at: null, unsent_at: null, attempts: 1,
    permanent: false, identity: 1, letter: null, sent_as: null, ...more,
  };
}

const heard = (seq: number, more: Partial<DeskMessage> = {}) =>
  message(seq, { direction: "in", sender: "customer", agent: null, content: { type: "text", text: `${seq}` }, blocks: [], ...more });
const note = (id: number, after: number): Note => ({
  id, client_id: `n${id}`, after_seq: after, agent: { id: 1, name: "中村" }, text: "メモ", to: null, mentions: [], at: at(after),
});
const happening = (id: number, after: number): Happening => ({ id, after_seq: after, kind: "taken", by: null, reason: null, at: at(after) });

const timeline = (messages: DeskMessage[], notes: Note[], happenings: Happening[], day: (at: string) => string) =>
  new Stretches(day).of(messages, notes, happenings).flatMap((one) => one.items);
const run = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => heard(from + index, { occurred_at: at(1) }));

describe("merging messages", () => {
  it("orders by seq and keeps one of each", () => {
    const merged = mergeMessages([message(2), message(1)], [message(3), message(2, { state: "accepted" })]);
    expect(merged.map((one) => [one.seq, one.state])).toEqual([[1, "queued"], [2, "accepted"], [3, "queued"]]);
  });

  it("never takes back what a provider confirmed", () => {
    const [one] = mergeMessages([message(1, { state: "delivered" })], [message(1, { state: "sending" })]);
    expect(one?.state).toBe("delivered");
  });

  it("lets a message fail after it was accepted, and be tried anew", () => {
    const [failed] = mergeMessages([message(1, { state: "accepted" })], [message(1, { state: "failed" })]);
    expect(failed?.state).toBe("failed");
    const [again] = mergeMessages([failed as DeskMessage], [message(1, { state: "queued", attempts: 2 })]);
    expect(again?.state).toBe("queued");
  });

  it("takes an edit and an unsending over the first text", () => {
    const edited = heard(1, { content: { type: "text", text: "直しました" }, edited_at: at(2) });
    const [one] = mergeMessages([heard(1)], [edited]);
    expect(one && wordsOf(one)).toBe("直しました");
  });

  it("is the same whatever the order of arrival", () => {
    const all = [1, 2, 3, 4, 5].map((seq) => message(seq));
    const shuffled = [all[3], all[0], all[4], all[2], all[1]] as DeskMessage[];
    const one = shuffled.reduce<DeskMessage[]>((known, fresh) => mergeMessages(known, [fresh]), []);
    expect(one).toEqual(mergeMessages([], all));
  });
});

describe("joining a page", () => {
  it("keeps earlier pages when the new one touches them", () => {
    expect(joinPage([message(1), message(2)], [message(3)]).map((one) => one.seq)).toEqual([1, 2, 3]);
  });

  it("leaves no hole when it does not", () => {
    expect(joinPage([message(1), message(2)], [message(9)]).map((one) => one.seq)).toEqual([9]);
  });
});

describe("the timeline", () => {
  it("groups one speaker within three minutes, and no longer", () => {
    const items = timeline([message(1), message(2), message(9)], [], [], dayOf);
    expect(items.map((one) => one.type)).toEqual(["day", "group", "group"]);
    expect(items[1]?.type === "group" && items[1].messages.length).toBe(2);
  });

  it("does not group different speakers or channels", () => {
    const items = timeline([heard(1), message(2), message(3, { channel: "email" }), message(4, { sender: "bot" })], [], [], dayOf);
    expect(items.filter((one) => one.type === "group")).toHaveLength(4);
  });

  it("puts notes and happenings after their message", () => {
    const items = timeline([heard(1), heard(2)], [note(5, 1)], [happening(6, 2), happening(4, 1)], dayOf);
    expect(items.map((one) => one.type)).toEqual(["day", "group", "happening", "note", "group", "happening"]);
  });

  it("leaves out what belongs to messages that are not loaded", () => {
    const items = timeline([heard(10), heard(11)], [note(1, 2)], [happening(2, 9)], dayOf);
    expect(items.map((one) => one.type)).toEqual(["day", "happening", "group"]);
  });

  it("draws one line a day", () => {
    const items = timeline([heard(1, { occurred_at: "2026-11-20T09:00:00Z" }), heard(2), heard(3)], [], [], dayOf);
    expect(items.map((one) => one.type)).toEqual(["day", "group", "day", "group"]);
  });
});

describe("a long thread", () => {
  it("is cut where a message's number says, whatever is loaded", () => {
    const cut = (from: number) => new Stretches(dayOf).of(run(from, 110), [], []).map((one) => [one.number, one.count]);
    expect(cut(61)).toEqual([[2, 15], [3, 25], [4, 10]]);
    expect(cut(51)).toEqual([[2, 25], [3, 25], [4, 10]]);
  });

  it("keeps what did not change as it was", () => {
    const stretches = new Stretches(dayOf);
    const messages = run(26, 110);
    const before = stretches.of(messages, [], []);
    const kept = (messages: DeskMessage[], notes: Note[] = []) => stretches.of(messages, notes, []).map((one) => before.includes(one));
    expect(kept([...messages, ...run(111, 111)])).toEqual([true, true, true, false]);
    // The first of them no longer says the day: it is said above it now.
    expect(kept([...run(1, 25), ...messages])).toEqual([false, false, true, true, false]);
    const edited = messages.map((one) => (one.seq === 60 ? { ...one, edited_at: at(3) } : one));
    expect(kept(edited, [note(1, 30)])).toEqual([false, false, true, false]);
  });

  it("takes a run at either end as it comes", () => {
    const known = run(51, 100);
    expect(mergeMessages(known, run(26, 50)).map((one) => one.seq)).toEqual(run(26, 100).map((one) => one.seq));
    expect(mergeMessages(known, run(101, 102)).map((one) => one.seq)).toEqual(run(51, 102).map((one) => one.seq));
    expect(mergeMessages(known, [heard(102), heard(101)]).map((one) => one.seq)).toEqual(run(51, 102).map((one) => one.seq));
  });
});

describe("things with an id", () => {
  it("are kept once, newest content, in order", () => {
    const merged = mergeById([note(2, 1)], [note(1, 1), { ...note(2, 1), text: "新" }]);
    expect(merged.map((one) => one.text)).toEqual(["メモ", "新"]);
  });
});
