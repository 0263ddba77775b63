// Saved replies in the composer: by a slash in the text or by the button, filled in from this conversation's records.
import { useState } from "preact/hooks";
import { Glyph } from "../icons";
import { get } from "../state/api";
import type { OpenThread } from "../state/open-thread";
import { useStore } from "../state/store";
import { useWords } from "../words/words";
import { type Facts, filled, slashAt } from "./blanks";
import { insertWords } from "./insert";
import { ReplyPicker } from "./ReplyPicker";
import { RepliesSheet } from "./RepliesSheet";
import type { SavedReply } from "./replies";

interface Open {
  query: string;
  /** Where the slash stands; null when the button opened it. */
  from: number | null;
}

export function useSavedReplies(thread: OpenThread, note: boolean) {
  const t = useWords();
  const language = useStore(thread.conversation.store, (state) => state.row?.language ?? "ja");
  const [open, setOpen] = useState<Open | null>(null);
  const [facts, setFacts] = useState<Facts>({});
  const [keeping, setKeeping] = useState(false);
  const begin = (next: Open) => {
    if (open === null)
      get(`/api/conversations/${thread.id}/reply-facts`).then(
        (answer) => setFacts(answer.facts),
        () => setFacts({}),
      );
    setOpen(next);
  };
  const look = (field: HTMLTextAreaElement) => {
    const slash = note ? null : slashAt(field.value, field.selectionStart);
    if (slash) begin(slash);
    else if (open) setOpen(null);
  };
  const insert = (reply: SavedReply) => {
    insertWords(thread, filled(reply.text, facts), open?.from ?? null);
    setOpen(null);
  };
  const layer = (
    <>
      {open && !note && (
        <ReplyPicker
          query={open.query}
          language={language}
          facts={facts}
          onInsert={insert}
          onClose={() => setOpen(null)}
          onManage={() => {
            setOpen(null);
            setKeeping(true);
          }}
        />
      )}
      {keeping && <RepliesSheet text={thread.draft.store.get().reply} onClose={() => setKeeping(false)} />}
    </>
  );
  const button = (
    <button
      type="button"
      id="composer-replies"
      class="tool"
      aria-expanded={open !== null}
      title={t("desk.replies")}
      onClick={() => (open ? setOpen(null) : begin({ query: "", from: null }))}
    >
      <Glyph name="bolt" size={16} />
      <span class="tool-words">{t("desk.replies")}</span>
    </button>
  );
  return { layer, button, look };
}
