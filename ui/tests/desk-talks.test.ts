import { describe, expect, it } from "vitest";
import type { Conversation } from "../desk/thread/conversation";
import { emptyThread, type Thread } from "../desk/thread/conversation";
import { EarlierTalks } from "../desk/thread/earlier-talks";
import { Store } from "../desk/state/store";

const past = (...ids: number[]) => ids.map((id) => ({ id, opened_at: "2026-11-21T10:00:00Z", closed_at: null, preview: "" }));

/** A conversation that the server has, whole or in two pages, or cannot show. */
function made(id: number, pages: number): Conversation {
  const store = new Store<Thread>(emptyThread(id));
  let loaded = 0;
  const load = async () => store.set(pages ? { phase: "ready", hasEarlier: ++loaded < pages } : { phase: "failed" });
  return { id, store, load, loadEarlier: load } as unknown as Conversation;
}

describe("earlier conversations", () => {
  it("come one after the other, the newest of them next to the open one", async () => {
    const talks = new EarlierTalks((id) => made(id, 1));
    await talks.more(past(9, 7));
    expect(talks.store.get().talks.map((one) => one.id)).toEqual([9]);
    expect(talks.hasMore(past(9, 7))).toBe(true);
    await talks.more(past(9, 7));
    expect(talks.store.get().talks.map((one) => one.id)).toEqual([7, 9]);
    expect(talks.hasMore(past(9, 7))).toBe(false);
  });

  it("shows the rest of a long one before the one before it", async () => {
    const talks = new EarlierTalks((id) => made(id, 2));
    await talks.more(past(9, 7));
    await talks.more(past(9, 7));
    expect(talks.store.get().talks.map((one) => one.id)).toEqual([9]);
    await talks.more(past(9, 7));
    expect(talks.store.get().talks.map((one) => one.id)).toEqual([7, 9]);
  });

  it("leaves with the customer whose they are", async () => {
    const talks = new EarlierTalks((id) => made(id, 1));
    await talks.more(past(9, 7));
    expect(talks.shown(past(7)).talks).toEqual([]);
    expect(talks.shown(past(9, 7)).talks.map((one) => one.id)).toEqual([9]);
  });

  it("says that one could not be loaded, and tries it again", async () => {
    let pages = 0;
    const talks = new EarlierTalks((id) => made(id, pages));
    await talks.more(past(9));
    expect(talks.store.get()).toEqual({ talks: [], phase: "failed" });
    pages = 1;
    await talks.more(past(9));
    expect(talks.store.get().talks.map((one) => one.id)).toEqual([9]);
  });
});
