import { Glyph } from "../icons";
import { go, route } from "../state/route";
import { useStore } from "../state/store";
import { useWords } from "../words/words";
import { AccountMenu } from "./AccountMenu";

/** The phone's way between inbox, search and oneself. */
export function TabBar() {
  const t = useWords();
  const searching = useStore(route, (place) => place.query !== null);
  return (
    <nav class="tabs" aria-label={t("desk.views")}>
      <button type="button" class="tab" aria-current={searching ? undefined : "page"} onClick={() => go({ query: null })}>
        <Glyph name="inbox" size={24} />
        <span>{t("desk.title")}</span>
      </button>
      <button type="button" class="tab" aria-current={searching ? "page" : undefined} onClick={() => go({ query: "" })}>
        <Glyph name="search" size={24} />
        <span>{t("desk.search")}</span>
      </button>
      <AccountMenu inTabs />
    </nav>
  );
}
