// What was whispered to oneself, wherever one is at the desk.
import { Glyph } from "../icons";
import { useDesk } from "../state/desk-context";
import { leavePage } from "../state/pages";
import { go } from "../state/route";
import { useStore } from "../state/store";
import { useWords } from "../words/words";

export function WhisperBar() {
  const t = useWords();
  const desk = useDesk();
  const heard = useStore(desk.whispers, (state) => state.heard);
  const [first] = heard;
  const drop = () => desk.whispers.set({ heard: heard.slice(1) });
  return (
    <div role="status" class="whisper-place">
      {first && (
        <div class="whisper">
          <Glyph name="lock" size={16} />
          <b>{t(first.kind === "mention" ? "mention.heard" : "staff.whisper.heard", { name: first.note.agent?.name ?? "" })}</b>
          <span class="whisper-text">{first.note.text}</span>
          <button
            type="button"
            class="link"
            onClick={() => {
              drop();
              leavePage();
              go({ conversation: first.conversation, query: null });
            }}
          >
            {t("staff.whisper.open")}
          </button>
          <button type="button" class="icon-button" aria-label={t("desk.close")} onClick={drop}>
            <Glyph name="close" size={16} />
          </button>
        </div>
      )}
    </div>
  );
}
