// Beside the field: emoji and stickers, and speaking. What is behind a button is loaded when it is first pressed.
import { useState } from "preact/hooks";
import { Icon } from "../../../kit/icons";
import type { StickerName } from "../../../kit/sticker";
import { useLazy } from "../shop/lazy";
import { recognition } from "../voice/speech";
import { useWords } from "../words";

interface Props {
  /** Puts words where the caret is. */
  onWords: (words: string) => void;
  onSticker: (name: StickerName, words: string) => void;
  /** Something was closed: back to the field. */
  onBack: () => void;
}

type Open = "emoji" | "voice" | null;

export function useExtras({ onWords, onSticker, onBack }: Props) {
  const { t, language } = useWords();
  const [open, setOpen] = useState<Open>(null);
  const Picker = useLazy(open === "emoji", () => import("../../../kit/emoji/EmojiPicker").then((part) => part.EmojiPicker));
  const Dictation = useLazy(open === "voice", () => import("../voice/Dictation").then((part) => part.Dictation));
  const close = () => {
    setOpen(null);
    onBack();
  };
  const toggle = (what: Open) => (open === what ? close() : setOpen(what));
  const layer = (
    <>
      {open === "emoji" && Picker && Picker !== "failed" && (
        <Picker
          language={language}
          onEmoji={onWords}
          onSticker={(name, words) => {
            onSticker(name, words);
            close();
          }}
          onClose={close}
        />
      )}
      {open === "voice" && Dictation && Dictation !== "failed" && <Dictation onWords={onWords} onEnd={close} />}
      {(open === "emoji" ? Picker : open === "voice" ? Dictation : null) === "failed" && <p role="alert">{t("unreachable")}</p>}
    </>
  );
  const buttons = (
    <>
      {recognition() && (
        <button class={open === "voice" ? "field-button aloud-on" : "field-button"} type="button" aria-pressed={open === "voice"} aria-label={t("speak")} onClick={() => toggle("voice")}>
          <Icon name="mic" />
        </button>
      )}
      <button class="field-button" type="button" data-opens="emoji" aria-expanded={open === "emoji"} aria-label={t("emoji")} onClick={() => toggle("emoji")}>
        <Icon name="smile" />
      </button>
    </>
  );
  return { layer, buttons };
}
