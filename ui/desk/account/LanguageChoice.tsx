import { Glyph } from "../icons";
import type { Language } from "../../kit/types";
import { chooseLanguage, useLanguage, useWords } from "../words/words";

/** Each language is named in itself, so that it is found by who reads no other. */
export function LanguageChoice() {
  const t = useWords();
  const language = useLanguage();
  return (
    <span class="choice">
      <Glyph name="globe" size={16} />
      <select
        aria-label={t("desk.language")}
        value={language}
        onChange={(event) => chooseLanguage(event.currentTarget.value as Language)}
      >
        <option value="ja">日本語</option>
        <option value="en">English</option>
      </select>
      <Glyph name="down" size={14} />
    </span>
  );
}
