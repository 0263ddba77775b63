// What was written and not sent yet, and what was sent and not answered for yet. Both stay on the device,
// per agent, through a reload, a lost connection and an ended session; a log-out wipes them. The tabs of one
// agent share them.
import { safeStorage } from "../../kit/storage";
import type { Pending } from "../thread/pending";

export type Mode = "reply" | "note";

const SAVE_AFTER_MS = 400;
const disk = safeStorage();

const ofAgent = (agent: number): string => `kaiwa.desk.${agent}.`;
const draftKey = (agent: number, conversation: number, mode: Mode): string =>
  `${ofAgent(agent)}draft.${conversation}.${mode}`;
const pendingKey = (agent: number, conversation: number): string => `${ofAgent(agent)}pending.${conversation}`;

const write = (key: string, value: string): void => (value ? disk.set(key, value) : disk.remove(key));
const waiting = new Map<string, { timer: ReturnType<typeof setTimeout>; text: string }>();
const followers = new Map<string, (text: string) => void>();
/** Who has left: what is still under way in this page leaves nothing on the device any more. */
const left = new Set<number>();

export function readDraft(agent: number, conversation: number, mode: Mode): string {
  const key = draftKey(agent, conversation, mode);
  return waiting.get(key)?.text ?? disk.get(key) ?? "";
}

/** Saved when the hand rests; calls back then, so that the composer can say so. */
export function saveDraft(agent: number, conversation: number, mode: Mode, text: string, saved = () => {}): void {
  if (left.has(agent)) return;
  const key = draftKey(agent, conversation, mode);
  clearTimeout(waiting.get(key)?.timer);
  const save = () => {
    waiting.delete(key);
    write(key, text);
    saved();
  };
  waiting.set(key, { timer: setTimeout(save, SAVE_AFTER_MS), text });
}

globalThis.addEventListener?.("pagehide", () => {
  for (const [key, { text }] of waiting) write(key, text);
});

/** What is written in another tab is told, unless something is being written here. */
export function followDraft(agent: number, conversation: number, mode: Mode, moved: (text: string) => void): void {
  followers.set(draftKey(agent, conversation, mode), moved);
}

globalThis.addEventListener?.("storage", ({ key, newValue }) => {
  if (key && !waiting.has(key)) followers.get(key)?.(newValue ?? "");
});

export function readPending(agent: number, conversation: number): Pending[] {
  try {
    return JSON.parse(disk.get(pendingKey(agent, conversation)) ?? "[]") as Pending[];
  } catch {
    return [];
  }
}

/** `before` is what this tab had kept: what another tab waits for stays. */
export function savePending(agent: number, conversation: number, pending: readonly Pending[], before: readonly Pending[]): void {
  if (left.has(agent)) return;
  const own = new Set([...before, ...pending].map((one) => one.clientId));
  const kept = [...readPending(agent, conversation).filter((one) => !own.has(one.clientId)), ...pending];
  write(pendingKey(agent, conversation), kept.length > 0 ? JSON.stringify(kept) : "");
}

/** Conversations with replies of this device that the server has not answered for. */
export function conversationsWithPending(agent: number): number[] {
  const start = `${ofAgent(agent)}pending.`;
  return disk.keys().filter((key) => key.startsWith(start)).map((key) => Number(key.slice(start.length)));
}

/** The agent is here (again). */
export function mayKeep(agent: number): void {
  left.delete(agent);
}

export function forgetAll(agent: number): void {
  left.add(agent);
  followers.clear();
  for (const { timer } of waiting.values()) clearTimeout(timer);
  waiting.clear();
  for (const key of disk.keys()) if (key.startsWith(ofAgent(agent))) disk.remove(key);
}
