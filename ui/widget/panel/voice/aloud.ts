// Reading the shop's new messages aloud, with a voice of the device where there is one.
import type { Block, Language, Message } from "../../../kit/types";
import { safeStorage } from "../../../kit/storage";

const KEY = "kaiwa.voice.aloud";
const disk = safeStorage();

export const canRead = (): boolean => "speechSynthesis" in window && "SpeechSynthesisUtterance" in window;
export const readsAloud = (): boolean => canRead() && disk.get(KEY) === "yes";

export function setAloud(on: boolean): void {
  disk.set(KEY, on ? "yes" : "no");
  if (!on) speechSynthesis.cancel();
}

export const hush = (): void => {
  if (canRead()) speechSynthesis.cancel();
};

/** What of a message is said: its words, and of what is shown the words that stand for it. */
export function spoken(message: Message): string {
  const said = (block: Block): string => {
    if (block.type === "text") return block.text;
    const { speech, alt_text } = block as { speech?: string; alt_text?: string };
    return speech || alt_text || "";
  };
  return message.blocks.map(said).filter(Boolean).join("\n").replace(/https?:\/\/\S+/g, "");
}

export function read(text: string, language: Language): void {
  if (!text.trim()) return;
  const words = new SpeechSynthesisUtterance(text.slice(0, 2_000));
  words.lang = language === "ja" ? "ja-JP" : "en-US";
  const voices = speechSynthesis.getVoices().filter((one) => one.lang.startsWith(language));
  words.voice = voices.find((one) => one.localService) ?? voices[0] ?? null;
  speechSynthesis.speak(words);
}
