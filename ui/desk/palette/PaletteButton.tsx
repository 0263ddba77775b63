import { Glyph } from "../icons";
import { MOD } from "../shell/mod-key";
import { useWords } from "../words/words";
import { openOver } from "./opened";

/** For those who do not know the key yet. */
export function PaletteButton() {
  const t = useWords();
  return (
    <button type="button" class="search-button palette-button" title={t("palette.title")} onClick={() => openOver("palette")}>
      <Glyph name="bolt" size={16} />
      <span class="search-word">{t("palette.button")}</span>
      <kbd aria-hidden="true">{MOD} K</kbd>
    </button>
  );
}
