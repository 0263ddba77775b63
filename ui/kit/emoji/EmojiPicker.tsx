// Emoji by their words, and our stickers: a small layer over a composer, used by shoppers and agents. Loaded when first opened.
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { Icon } from "../icons";
import { drawingOf, STICKERS, type StickerName } from "../sticker";
import { translator } from "../translate";
import type { Language } from "../types";
import { findEmoji } from "./emoji";
import "./emoji.css";
import en from "./strings/en.json";
import ja from "./strings/ja.json";

export interface PickerProps {
  language: Language;
  onEmoji: (sign: string) => void;
  onSticker: (name: StickerName, words: string) => void;
  onClose: () => void;
}

export function EmojiPicker({ language, onEmoji, onSticker, onClose }: PickerProps) {
  const t = useMemo(() => translator<keyof typeof ja>({ ja, en }[language]), [language]);
  const [tab, setTab] = useState<"emoji" | "stickers">("emoji");
  const [query, setQuery] = useState("");
  const found = useMemo(() => findEmoji(query), [query]);
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    box.current?.querySelector<HTMLElement>(tab === "emoji" ? "input" : ".emoji-grid button")?.focus();
  }, [tab]);
  useEffect(() => {
    const outside = (event: Event) => {
      const path = event.composedPath();
      if (box.current && !path.includes(box.current) && !path.some((one) => (one as HTMLElement).dataset?.opens === "emoji")) onClose();
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, []);
  return (
    <div
      ref={box}
      class="emoji-box"
      role="dialog"
      aria-label={t("title")}
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.isComposing) {
          // The top layer only.
          event.stopPropagation();
          event.preventDefault();
          onClose();
        } else move(event, box.current);
      }}
    >
      <div class="emoji-head">
        {(["emoji", "stickers"] as const).map((one) => (
          <button key={one} type="button" class="emoji-tab" aria-pressed={tab === one} onClick={() => setTab(one)}>
            {t(one)}
          </button>
        ))}
        <button type="button" class="icon-button" aria-label={t("close")} onClick={onClose}>
          <Icon name="close" size={16} />
        </button>
      </div>
      {tab === "emoji" ? (
        <>
          <input
            type="search"
            class="emoji-find"
            aria-label={t("find")}
            placeholder={t("find")}
            value={query}
            onInput={(event) => setQuery(event.currentTarget.value)}
            onKeyDown={(event) => {
              // Enter takes the first that was found, and never sends the message under it.
              if (event.key !== "Enter" || event.isComposing || event.keyCode === 229) return;
              event.preventDefault();
              if (found[0]) onEmoji(found[0].sign);
            }}
          />
          <div class="emoji-grid" role="group" aria-label={t("emoji")}>
            {found.map((one, at) => (
              <button key={one.sign} type="button" tabIndex={at === 0 ? 0 : -1} aria-label={one[language]} title={one[language]} onClick={() => onEmoji(one.sign)}>
                {one.sign}
              </button>
            ))}
          </div>
          <p class="emoji-none" role="status">
            {found.length === 0 && t("none")}
          </p>
        </>
      ) : (
        <div class="emoji-grid emoji-stickers" role="group" aria-label={t("stickers")}>
          {STICKERS.map((name, at) => (
            <button
              key={name}
              type="button"
              tabIndex={at === 0 ? 0 : -1}
              aria-label={t(`sticker.${name}`)}
              title={t(`sticker.${name}`)}
              onClick={() => onSticker(name, t(`sticker.${name}`))}
            >
              <img src={drawingOf(name)} alt="" width={64} height={64} />
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

/** Arrows walk through the grid, whatever its width is. */
function move(event: KeyboardEvent, box: HTMLElement | null): void {
  const all = [...(box?.querySelectorAll<HTMLElement>(".emoji-grid button") ?? [])];
  const at = all.indexOf(document.activeElement as HTMLElement);
  const first = all[0];
  if (!first) return;
  if (at < 0) {
    if (event.key !== "ArrowDown") return;
    event.preventDefault();
    return first.focus();
  }
  const row = Math.max(1, all.filter((one) => one.offsetTop === first.offsetTop).length);
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: row, ArrowUp: -row, Home: -at, End: all.length - 1 - at }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  if (at + step < 0) return box?.querySelector<HTMLElement>("input")?.focus();
  all[Math.min(all.length - 1, at + step)]?.focus();
}
