import { beforeEach, expect, it, vi } from "vitest";
import { memoryOf } from "../widget/loader/memory";

function storage(): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  } as unknown as Storage;
}

beforeEach(() => {
  vi.stubGlobal("window", { localStorage: storage(), sessionStorage: storage() });
});

/** Another tab, or the next visit: nothing of the visit is left. */
function later(): string | null {
  window.sessionStorage.setItem("kaiwa.shop.token", "");
  return window.localStorage.getItem("kaiwa.shop.token");
}

it("forgets a visitor who never opened the chat", () => {
  memoryOf("shop").keep("token-1");
  expect(later()).toBeNull();
});

it("remembers a visitor who opened it", () => {
  const memory = memoryOf("shop");
  memory.keep("token-1");
  memory.settle();
  expect(later()).toBe("token-1");
});

it("remembers a visitor who opened it before the token came", () => {
  const memory = memoryOf("shop");
  memory.settle();
  memory.keep("token-1");
  expect(later()).toBe("token-1");
});

it("does not go back to the token of the visit when the chat is opened again", () => {
  const first = memoryOf("shop");
  first.keep("nobody");
  first.settle();
  first.keep("logged in");
  // The next page of the same visit.
  const next = memoryOf("shop");
  next.settle();
  expect(next.token()).toBe("logged in");
  expect(window.sessionStorage.getItem("kaiwa.shop.token")).toBe("");
});
