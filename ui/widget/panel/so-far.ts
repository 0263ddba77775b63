// The answer that is being made: seen until its message stands there, or until it would no longer be said.
import type { Entry } from "../../kit/outbox";
import type { Message } from "../../kit/types";
import type { Draft } from "./calls";
import type { PanelState } from "./state";

export interface SoFar {
  conversation: number;
  after_seq: number;
  texts: string[];
}

/** Longer than any model is waited for: then whoever made it is gone. */
export const SO_FAR_LASTS_MS = 35_000;

/** What is to be seen of it now: nothing once it was answered, the shopper spoke again, or a person took over. */
export function seenSoFar(state: PanelState, pending: readonly Entry<Draft>[]): SoFar | null {
  const { soFar, conversation, messages } = state;
  if (!soFar || soFar.texts.length === 0 || conversation?.id !== soFar.conversation) return null;
  if (conversation.status !== "open" || conversation.answered_by !== "bot") return null;
  if (pending.some((entry) => entry.state !== "failed")) return null;
  return messages.some((message) => isBehind(message, soFar) && changesIt(message)) ? null : soFar;
}

/** Whether it was this message that was seen being made: it stands there already, and does not come in anew. */
export function becomes(soFar: SoFar | null, message: Message): boolean {
  return soFar !== null && soFar.texts.length > 0 && isBehind(message, soFar) && isAnswer(message);
}

function isBehind(message: Message, soFar: SoFar): boolean {
  return message.conversation === soFar.conversation && message.seq > soFar.after_seq;
}

function changesIt(message: Message): boolean {
  return message.direction === "in" || message.sender === "agent" || isAnswer(message);
}

/** Said by the machine as its turn, and not as news of an order. */
function isAnswer(message: Message): boolean {
  return message.direction === "out" && message.sender === "bot" && message.client_id === null;
}
