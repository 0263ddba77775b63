// Emoji into the words, a sticker as a card beside them.
import type { ComponentType } from "preact";
import { useRef, useState } from "preact/hooks";
import type { PickerProps } from "../../kit/emoji/EmojiPicker";
import { Glyph } from "../icons";
import type { OpenThread } from "../state/open-thread";
import { useLanguage, useWords } from "../words/words";
import { withCards } from "./cards";

export function EmojiButton({ thread }: { thread: OpenThread }) {
  const t = useWords();
  const language = useLanguage();
  const [picker, setPicker] = useState<{ part: ComponentType<PickerProps> } | null>(null);
  const loading = useRef(false);
  const open = async () => {
    if (picker || loading.current) return setPicker(null);
    loading.current = true;
    try {
      const part = await import("../../kit/emoji/EmojiPicker");
      setPicker({ part: part.EmojiPicker });
    } finally {
      loading.current = false;
    }
  };
  const field = () => document.getElementById("composer-text") as HTMLTextAreaElement | null;
  const close = () => {
    setPicker(null);
    field()?.focus();
  };
  const write = (sign: string) => {
    const { mode, reply, note } = thread.draft.store.get();
    const text = mode === "note" ? note : reply;
    const at = field()?.selectionEnd ?? text.length;
    thread.draft.write(text.slice(0, at) + sign + text.slice(at));
  };
  const Picker = picker?.part;
  return (
    <>
      <button type="button" class="tool" data-opens="emoji" aria-expanded={Boolean(picker)} aria-label={t("ask.emoji")} title={t("ask.emoji")} onClick={() => void open()}>
        <Glyph name="smile" size={16} />
      </button>
      {Picker && (
        <Picker
          language={language}
          onEmoji={write}
          onSticker={(name, words) => {
            const card = { card: { type: "sticker" as const, sticker: name }, label: words, detail: "" };
            thread.draft.store.set({ cards: withCards(thread.draft.store.get().cards, [card]) });
            close();
          }}
          onClose={close}
        />
      )}
    </>
  );
}
