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
const pendingStart = (agent: number, conversation: number): string => `${ofAgent(agent)}pending.${conversation}.`;

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

/** Oldest first. */
export function readPending(agent: number, conversation: number): Pending[] {
  const start = pendingStart(agent, conversation);
  const kept = disk.keys().filter((key) => key.startsWith(start)).map((key) => parse(disk.get(key)));
  return kept.filter((one) => one !== null).sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function parse(text: string | null): Pending | null {
  try {
    return JSON.parse(text ?? "null") as Pending | null;
  } catch {
    return null;
  }
}

/**
 * `before` is what this tab had kept. One key per message: tabs read at the same moment and write after each
 * other, and in one list the later of them would bring back what the earlier had taken out.
 */
export function savePending(agent: number, conversation: number, pending: readonly Pending[], before: readonly Pending[]): void {
  if (left.has(agent)) return;
  const start = pendingStart(agent, conversation);
  const kept = new Set(pending.map((one) => one.clientId));
  for (const { clientId } of before) if (!kept.has(clientId)) disk.remove(start + clientId);
  for (const one of pending) if (!before.includes(one)) disk.set(start + one.clientId, JSON.stringify(one));
}

/** Conversations with replies of this device that the server has not answered for. */
export function conversationsWithPending(agent: number): number[] {
  const start = `${ofAgent(agent)}pending.`;
  const found = disk.keys().filter((key) => key.startsWith(start)).map((key) => Number.parseInt(key.slice(start.length), 10));
  return [...new Set(found)];
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
