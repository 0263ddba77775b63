// What is news to an agent, and what is not.
import { expect, test } from "vitest";
import { newsOf } from "../desk/notify/news";
import type { Row } from "../desk/wire";

const ME = 7;
const row = (change: Partial<Row> = {}): Row =>
  ({
    id: 1,
    status: "open",
    answered_by: "agent",
    assignee: { id: ME, name: "Me" },
    last_seq: 4,
    unread: 0,
    waiting_since: null,
    preview_sender: "agent",
    ...change,
  }) as Row;
const heard = { last_seq: 5, unread: 1, preview_sender: "customer", waiting_since: "2026-03-02T03:00:00Z" } as const;

test("somebody gave me a conversation", () => {
  expect(newsOf(row({ assignee: { id: 8, name: "Other" } }), row(), ME)).toBe("assigned");
  expect(newsOf(undefined, row(), ME)).toBe("assigned");
  expect(newsOf(row(), row(), ME)).toBeNull();
});

test("a customer of mine wrote, once a message", () => {
  const after = row(heard);
  expect(newsOf(row(), after, ME)).toBe("message");
  expect(newsOf(after, after, ME)).toBeNull();
  expect(newsOf(after, row({ ...heard, unread: 0 }), ME)).toBeNull();
  expect(newsOf(row(), row({ last_seq: 5 }), ME)).toBeNull();
});

test("somebody waits for a person, told once", () => {
  const waits = row({ ...heard, assignee: null, answered_by: "nobody" });
  expect(newsOf(row({ assignee: null, answered_by: "bot" }), waits, ME)).toBe("waiting");
  expect(newsOf(waits, row({ ...waits, last_seq: 6 }), ME)).toBeNull();
});

test("what others have and what is closed is no news", () => {
  expect(newsOf(row(), row({ ...heard, assignee: { id: 8, name: "Other" } }), ME)).toBeNull();
  expect(newsOf(undefined, row({ ...heard, status: "closed" }), ME)).toBeNull();
});
