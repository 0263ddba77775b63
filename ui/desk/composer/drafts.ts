// What was written and not sent yet, and what was sent and not answered for yet. Both stay on the device,
// per agent, through a reload, a lost connection and an ended session; a log-out wipes them.
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

export function readDraft(agent: number, conversation: number, mode: Mode): string {
  const key = draftKey(agent, conversation, mode);
  return waiting.get(key)?.text ?? disk.get(key) ?? "";
}

/** Saved when the hand rests; calls back then, so that the composer can say so. */
export function saveDraft(agent: number, conversation: number, mode: Mode, text: string, saved = () => {}): void {
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

export function readPending(agent: number, conversation: number): Pending[] {
  try {
    return JSON.parse(disk.get(pendingKey(agent, conversation)) ?? "[]") as Pending[];
  } catch {
    return [];
  }
}

export function savePending(agent: number, conversation: number, pending: readonly Pending[]): void {
  write(pendingKey(agent, conversation), pending.length > 0 ? JSON.stringify(pending) : "");
}

/** Conversations with replies of this device that the server has not answered for. */
export function conversationsWithPending(agent: number): number[] {
  const start = `${ofAgent(agent)}pending.`;
  return disk.keys().filter((key) => key.startsWith(start)).map((key) => Number(key.slice(start.length)));
}

export function forgetAll(agent: number): void {
  for (const { timer } of waiting.values()) clearTimeout(timer);
  waiting.clear();
  for (const key of disk.keys()) if (key.startsWith(ofAgent(agent))) disk.remove(key);
}
