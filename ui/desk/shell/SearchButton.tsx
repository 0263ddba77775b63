import { Glyph } from "../icons";
import { go } from "../state/route";
import { useWords } from "../words/words";

export function SearchButton({ current }: { current: boolean }) {
  const t = useWords();
  return (
    <button
      type="button"
      class="search-button"
      aria-pressed={current}
      title={t("desk.search")}
      onClick={() => go({ query: current ? null : "" })}
    >
      <Glyph name="search" size={16} />
      <span class="search-word">{t("desk.search")}</span>
      <kbd aria-hidden="true">/</kbd>
    </button>
  );
}
