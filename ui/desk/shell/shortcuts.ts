// The desk by keyboard. Nothing fires while an input method is composing or while somebody types,
// and single letters can be switched off (WCAG 2.1.4).
import { useEffect, useRef } from "preact/hooks";
import { safeStorage } from "../../kit/storage";
import type { Desk } from "../state/desk";
import { openOver } from "../palette/opened";
import { go, route } from "../state/route";
import { Store } from "../state/store";

const KEY = "kaiwa.desk.letters";
const disk = safeStorage();

export const keys = new Store<{ letters: boolean }>({ letters: disk.get(KEY) !== "off" });

export function setLetters(letters: boolean): void {
  if (letters) disk.remove(KEY);
  else disk.set(KEY, "off");
  keys.set({ letters });
}

/** Enter that ends a conversion, and everything else an input method still owns. */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

const REGIONS = ["views", "list", "thread", "composer", "customer"];

export function useShortcuts(desk: Desk, more: { togglePanel: () => void }): void {
  const latest = useRef(more);
  latest.current = more;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (isComposing(event) || event.defaultPrevented) return;
      if (event.key === "F6") return jumpRegion(event);
      if (event.key === "Escape") return leave(event);
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const inList = document.getElementById("list")?.contains(event.target as Node);
      const arrow = event.key === "ArrowDown" || event.key === "ArrowUp";
      if (!(arrow && inList) && !keys.get().letters) return;
      if (press(event.key, desk, Boolean(inList), latest.current.togglePanel)) event.preventDefault();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [desk]);
}

function press(key: string, desk: Desk, inList: boolean, togglePanel: () => void): boolean {
  const { thread } = desk.open.get();
  if (key === "j" || (key === "ArrowDown" && inList)) return stepRow(1);
  if (key === "k" || (key === "ArrowUp" && inList)) return stepRow(-1);
  if (key === "/") return openSearch();
  if (key === "?") return openOver("keys"), true;
  if (key === "]") return togglePanel(), true;
  if (key === "x") return pick(desk);
  if (thread && key in PRESSED) return pressed(PRESSED[key] as string);
  if (thread && key === "i") return toMe(desk);
  if (!thread || (key !== "r" && key !== "n")) return false;
  thread.draft.turn(key === "n" ? "note" : "reply");
  document.getElementById("composer-text")?.focus();
  return true;
}

/** Keys that press what stands in the conversation's head. */
const PRESSED: Record<string, string> = { a: "act-assign", p: "act-priority", l: "act-labels", h: "act-snooze", e: "act-close", b: "act-back", m: "act-same", w: "act-whisper" };

function pressed(id: string): boolean {
  const button = document.getElementById(id) as HTMLButtonElement | null;
  button?.click();
  return button !== null;
}

function toMe(desk: Desk): boolean {
  const row = desk.open.get().thread?.conversation.store.get().row;
  if (!row || row.status !== "open") return false;
  void desk.sort(row, { do: "assign", agent: desk.agent.id }).catch(() => undefined);
  return true;
}

/** The focused row, else the open one. */
function pick(desk: Desk): boolean {
  const focused = document.activeElement?.closest<HTMLElement>("[data-row]")?.dataset.row;
  const id = Number(focused ?? route.get().conversation ?? 0);
  if (id > 0) desk.chosen.turn(id);
  return id > 0;
}

function openSearch(): boolean {
  const { query, conversation } = route.get();
  const phone = !document.getElementById("list");
  if (query === null) go({ query: "", conversation: phone ? null : conversation });
  document.getElementById("search-text")?.focus();
  return true;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && Boolean(target.closest("input, textarea, select, [contenteditable]"));
}

/** From the focused row, else from the open one, else from an end of the list. */
function stepRow(by: 1 | -1): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>("#list a[data-row]")];
  const focused = rows.indexOf(document.activeElement as HTMLElement);
  const from = focused >= 0 ? focused : rows.findIndex((row) => row.hasAttribute("aria-current"));
  const to = rows[from < 0 ? (by > 0 ? 0 : rows.length - 1) : from + by];
  to?.focus();
  to?.scrollIntoView({ block: "nearest" });
  return true;
}

/** Closes the search when nothing lies above it, else leaves the field for the conversation. */
function leave(event: KeyboardEvent): void {
  const target = event.target as HTMLElement;
  if (target.id === "search-text" || (!isTyping(target) && route.get().query !== null)) return go({ query: null });
  if (isTyping(target)) document.getElementById("thread")?.focus();
}

function jumpRegion(event: KeyboardEvent): void {
  event.preventDefault();
  const present = REGIONS.map((id) => document.getElementById(id)).filter((one) => one !== null);
  const at = present.findIndex((one) => one.contains(document.activeElement));
  // The composer lies inside the conversation, so the innermost match counts.
  const inner = present.findLastIndex((one) => one.contains(document.activeElement));
  const step = event.shiftKey ? -1 : 1;
  const next = present[((event.shiftKey ? at : inner) + step + present.length) % present.length];
  next?.focus();
}
