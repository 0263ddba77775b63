import { Glyph } from "../icons";
import type { Conflict, OpenThread } from "../state/open-thread";
import { useWords } from "../words/words";

interface NoticeProps {
  thread: OpenThread;
  conflict: Conflict;
  onSend: () => void;
}

/** Somebody was faster. Nothing left, nothing is lost, and the agent decides. */
export function ConflictNotice({ thread, conflict, onSend }: NoticeProps) {
  const t = useWords();
  const title =
    conflict.kind === "changed" ? t("desk.conflict.changed")
    : conflict.name ? t("desk.conflict.who", { name: conflict.name })
    : t("desk.conflict.other");
  const see = () => {
    const reply = document.getElementById(`message-${thread.id}-${conflict.seq}`);
    reply?.scrollIntoView({ block: "center" });
    reply?.focus({ preventScroll: true });
  };
  const drop = () => {
    thread.draft.clear();
    thread.conflict.set({ conflict: null });
  };
  return (
    <div class="conflict" role="alert">
      <Glyph name="warn" />
      <div>
        <p>
          <b>{title}</b>
          {t("desk.conflict.text")}
        </p>
        <p class="trouble-acts">
          {conflict.seq !== null && (
            <button type="button" class="act" onClick={see}>
              {t("desk.conflict.see")}
            </button>
          )}
          <button type="button" class="act" onClick={drop}>
            {t("desk.conflict.drop")}
          </button>
          <button type="button" class="act act-bare" onClick={onSend}>
            {t("desk.conflict.send")}
          </button>
        </p>
      </div>
    </div>
  );
}
