// One sidebar for everything: the shop, the search, the views with their counts, and oneself.
import { Glyph } from "../icons";
import { useDesk } from "../state/desk-context";
import { route } from "../state/route";
import { useStore } from "../state/store";
import { useWords } from "../words/words";
import { PaletteButton } from "../palette/PaletteButton";
import { SavedViews } from "../sorting/SavedViews";
import { AreaLinks } from "./AreaLinks";
import { AccountMenu } from "./AccountMenu";
import { SearchButton } from "./SearchButton";
import { ViewLinks } from "./ViewLinks";

export function Sidebar() {
  const t = useWords();
  const { agent } = useDesk();
  const searching = useStore(route, (place) => place.query !== null);
  return (
    <nav class="sidebar" aria-label={t("desk.views")} id="views" tabIndex={-1}>
      <p class="shop">
        <span class="brand-mark" aria-hidden="true">
          <Glyph name="chat" size={16} />
        </span>
        <span class="shop-name">{agent.merchant.name}</span>
      </p>
      <SearchButton current={searching} />
      <PaletteButton />
      <p class="area">
        <Glyph name="inbox" />
        <span>{t("desk.title")}</span>
      </p>
      <ViewLinks />
      <SavedViews />
      <AreaLinks />
      <AccountMenu />
    </nav>
  );
}
