import { describe, expect, it } from "vitest";
import { belongs, changes, compareRows, isNewer, ordered } from "../desk/list/order";
import type { Filter, Row, View } from "../desk/wire";

const ME = 1;

function row(id: number, more: Partial<Row> = {}): Row {
  return {
    id, customer: { id, name: `お客様 ${id}` }, channel: "line", status: "open", answered_by: "agent", assignee: null,
    team: null, priority: "normal", labels: [], snoozed: null, due: null,
    epoch: 1, last_seq: 1, unread: 0, waiting_since: null, language: "ja", preview: "", preview_sender: "customer",
    updated_at: "2026-11-21T10:00:00Z", ...more,
  };
}

const at = (minute: number) => `2026-11-21T10:${String(minute).padStart(2, "0")}:00Z`;
const mapOf = (rows: Row[]) => new Map(rows.map((one) => [one.id, one]));

describe("the order of the list", () => {
  it("puts what is due first before what waits longer, and the late one step of priority up", () => {
    const due = (minute: number, late = false) => ({ at: at(minute), kind: "first", late });
    const rows = [
      row(1, { waiting_since: at(0) }),
      row(2, { waiting_since: at(5), due: due(30) }),
      row(3, { waiting_since: at(4), due: due(40) }),
      row(4, { waiting_since: at(6), priority: "high" }),
      row(5, { waiting_since: at(7), due: due(9, true) }),
      row(6, { waiting_since: at(8), priority: "urgent" }),
    ];
    expect(rows.sort((one, other) => compareRows(one, other)).map((one) => one.id)).toEqual([6, 5, 4, 2, 3, 1]);
    expect(rows.sort((one, other) => compareRows(one, other, "waiting")).map((one) => one.id)).toEqual([1, 3, 2, 4, 5, 6]);
  });

  it("puts the longest waiting first and then the newest", () => {
    const rows = [
      row(1, { updated_at: at(5) }),
      row(2, { waiting_since: at(4) }),
      row(3, { updated_at: at(9) }),
      row(4, { waiting_since: at(2) }),
    ];
    expect(rows.sort((one, other) => compareRows(one, other)).map((one) => one.id)).toEqual([4, 2, 3, 1]);
  });

  it("puts the urgent before those who wait longer, except where only the wait counts", () => {
    const rows = [
      row(1, { waiting_since: at(1) }),
      row(2, { waiting_since: at(4), priority: "urgent" }),
      row(3, { waiting_since: at(3), priority: "low" }),
    ];
    const order = (view: View) => [...rows].sort((one, other) => compareRows(one, other, view)).map((one) => one.id);
    expect(order("open")).toEqual([2, 1, 3]);
    expect(order("waiting")).toEqual([1, 3, 2]);
  });

  it("does not depend on the order in which rows arrive", () => {
    const rows = [1, 2, 3, 4, 5, 6].map((id) => row(id, { updated_at: at(id % 3), waiting_since: id % 2 ? at(id) : null }));
    const forth = ordered({ rows: mapOf(rows), more: false }, { view: "open", me: ME }, null);
    const back = ordered({ rows: mapOf([...rows].reverse()), more: false }, { view: "open", me: ME }, null);
    expect(back).toEqual(forth);
  });

  it("leaves a row below the last loaded page to its page", () => {
    const loaded = row(1, { waiting_since: at(1) });
    const late = row(2, { waiting_since: at(30) });
    const rows = mapOf([loaded, late]);
    expect(ordered({ rows, more: true }, { view: "open", me: ME }, loaded)).toEqual([1]);
    expect(ordered({ rows, more: false }, { view: "open", me: ME }, loaded)).toEqual([1, 2]);
  });
});

describe("the views", () => {
  it("shows each open conversation where it belongs", () => {
    const mine = row(1, { assignee: { id: ME, name: "中村" } });
    const nobody = row(2, { answered_by: "nobody" });
    const bot = row(3, { answered_by: "bot" });
    const closed = row(4, { status: "closed", assignee: { id: ME, name: "中村" } });
    const all = [mine, nobody, bot, closed];
    const inView = (view: View) => all.filter((one) => belongs(one, { view, me: ME })).map((one) => one.id);
    expect(inView("open")).toEqual([1, 2, 3]);
    expect(inView("mine")).toEqual([1]);
    expect(inView("unassigned")).toEqual([2]);
    expect(inView("bot")).toEqual([3]);
    expect(inView("closed")).toEqual([4]);
  });
});

describe("what is put aside", () => {
  it("is in its own view only, who comes back first at the top", () => {
    const rows = [
      row(1, { snoozed: { until: null } }),
      row(2, { snoozed: { until: at(9) } }),
      row(3, { snoozed: { until: at(4) }, waiting_since: at(1), answered_by: "nobody" }),
      row(4),
    ];
    expect(ordered({ rows: mapOf(rows), more: false }, { view: "snoozed", me: ME }, null)).toEqual([3, 2, 1]);
    for (const view of ["open", "unassigned", "waiting"] as const)
      expect(rows.filter((one) => belongs(one, { view, me: ME })).map((one) => one.id)).not.toContain(3);
  });
});

describe("a narrowed view", () => {
  it("shows what fits every part of the filter", () => {
    const returns = { id: 7, name: "返品" };
    const rows = [row(1, { labels: [returns], priority: "high" }), row(2, { labels: [returns] }), row(3, { team: { id: 5, name: "返品班" } })];
    const shown = (only: Filter) => rows.filter((one) => belongs(one, { view: "open", me: ME, only })).map((one) => one.id);
    expect(shown({ label: 7 })).toEqual([1, 2]);
    expect(shown({ label: 7, priority: "high" })).toEqual([1]);
    expect(shown({ team: 5 })).toEqual([3]);
    expect(shown({ channel: "email" })).toEqual([]);
    expect(shown({})).toEqual([1, 2, 3]);
  });
});

describe("late news", () => {
  it("never overwrites what was seen later", () => {
    const known = row(1, { last_seq: 5, epoch: 2, updated_at: at(9) });
    expect(isNewer(row(1, { last_seq: 4, epoch: 3, updated_at: at(10) }), known)).toBe(false);
    expect(isNewer(row(1, { last_seq: 5, epoch: 1, updated_at: at(10) }), known)).toBe(false);
    expect(isNewer(row(1, { last_seq: 5, epoch: 2, updated_at: at(8) }), known)).toBe(false);
    expect(isNewer(row(1, { last_seq: 5, epoch: 2, updated_at: at(9) }), known)).toBe(true);
    expect(isNewer(row(1, { last_seq: 6, epoch: 2 }), known)).toBe(true);
    expect(isNewer(row(1), undefined)).toBe(true);
  });
});

describe("what would move", () => {
  it("counts rows that come, go and change places", () => {
    expect(changes([1, 2, 3], [1, 2, 3])).toBe(0);
    expect(changes([1, 2, 3], [3, 1, 2])).toBe(1);
    expect(changes([1, 2, 3], [4, 1, 2, 3])).toBe(1);
    expect(changes([1, 2, 3], [1, 3])).toBe(1);
    expect(changes([1, 2, 3, 4], [4, 3, 2, 1])).toBe(3);
    expect(changes([], [])).toBe(0);
  });
});
