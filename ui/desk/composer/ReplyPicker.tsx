// Saved replies over the composer: found by shortcut, title or words, read with the facts filled in, put in by Enter.
import { useEffect, useState } from "preact/hooks";
import { Glyph } from "../icons";
import { useDesk } from "../state/desk-context";
import { useStore } from "../state/store";
import { useWords, wordOr } from "../words/words";
import { type Facts, pieces } from "./blanks";
import { useListKeys } from "./list-keys";
import { type SavedReply, fitting } from "./replies";

interface PickerProps {
  query: string;
  language: string;
  facts: Facts;
  onInsert: (reply: SavedReply) => void;
  onClose: () => void;
  onManage: () => void;
}

export function ReplyPicker({ query, language, facts, onInsert, onClose, onManage }: PickerProps) {
  const t = useWords();
  const { replies } = useDesk();
  const { replies: all, phase } = useStore(replies.store, (state) => state);
  const found = fitting(all, query, language);
  const [at, setAt] = useState(0);
  const here = Math.min(at, Math.max(0, found.length - 1));
  const chosen = found[here];
  useEffect(() => setAt(0), [query]);
  useListKeys(".replies", (key) => {
    if (key === "ArrowDown") setAt(Math.min(here + 1, found.length - 1));
    else if (key === "ArrowUp") setAt(Math.max(here - 1, 0));
    else if (key === "Enter" && chosen) onInsert(chosen);
    else if (key === "Escape") onClose();
    else return false;
    return true;
  });
  return (
    <div class="replies" role="region" aria-label={t("desk.replies")}>
      <div class="replies-list">
        <p class="replies-head">
          <span role="status">
            {phase === "failed" ? t("desk.replies.failed") : query ? t("desk.replies.found", { query, n: found.length }) : t("desk.replies.count", { n: found.length })}
          </span>
          <button type="button" class="link" onClick={onManage}>
            {t("desk.replies.manage")}
          </button>
        </p>
        <ul class="item-scroll">
          {found.map((one, index) => (
            <li key={one.id}>
              <button
                type="button"
                class="item"
                aria-current={index === here ? "true" : undefined}
                onFocus={() => setAt(index)}
                onClick={() => onInsert(one)}
              >
                <span class="reply-title">{one.title}</span>
                {one.shortcut && <span class="item-end quiet">/{one.shortcut}</span>}
              </button>
            </li>
          ))}
        </ul>
        {phase === "ready" && found.length === 0 && <p class="item-none">{t(all.length ? "desk.replies.nofit" : "desk.replies.none")}</p>}
      </div>
      {chosen && (
        <div class="replies-preview">
          <p class="replies-head">
            <span>{t("desk.replies.preview")}</span>
            <kbd aria-hidden="true">↵</kbd>
          </p>
          <FilledText text={chosen.text} facts={facts} />
          <p class="replies-foot">{t("desk.replies.facts")}</p>
        </div>
      )}
    </div>
  );
}

/** The text as it would stand: what comes from records is tinted, what is missing says so. */
export function FilledText({ text, facts }: { text: string; facts: Facts }) {
  const t = useWords();
  return (
    <p class="filled">
      {pieces(text, facts).map((piece, index) =>
        piece.blank === null ? (
          piece.text
        ) : (
          <span key={index} class={piece.known ? "fact-chip" : "fact-chip fact-missing"}>
            {!piece.known && <Glyph name="warn" size={12} />}
            {piece.known ? piece.text : t("desk.replies.missing", { name: wordOr(t, `desk.blank.${piece.blank}`, piece.text) })}
          </span>
        ),
      )}
    </p>
  );
}
