// Words put into the composer for the agent.
import type { OpenThread } from "../state/open-thread";

/** They take the place of what stands between `from` and the caret, without a `from` of the selection; typing goes on
 *  behind them at once: a caret moved later would scatter what was typed meanwhile. */
export function insertWords(thread: OpenThread, words: string, from: number | null): void {
  const field = document.getElementById("composer-text") as HTMLTextAreaElement | null;
  if (!field) return;
  field.setRangeText(words, from ?? field.selectionStart, field.selectionEnd, "end");
  field.focus();
  thread.draft.write(field.value);
}
