// The agent's own views below the shop's, each with its count and a way to forget it.
import { Glyph } from "../icons";
import { useDesk } from "../state/desk-context";
import { filterQuery } from "./filter";
import { addressOf, go, isPlainPress, route } from "../state/route";
import { useStore } from "../state/store";
import type { SavedView } from "../wire";
import { useWords } from "../words/words";

export function SavedViews() {
  const t = useWords();
  const desk = useDesk();
  const views = useStore(desk.views.store, (state) => state.views);
  if (views.length === 0) return null;
  return (
    <section class="saved-views" aria-label={t("desk.saved")}>
      <h2 class="saved-title">{t("desk.saved")}</h2>
      <ul class="views">
        {views.map((one) => (
          <Line key={one.id} saved={one} />
        ))}
      </ul>
    </section>
  );
}

function Line({ saved }: { saved: SavedView }) {
  const t = useWords();
  const desk = useDesk();
  const place = useStore(route, (state) => state);
  const here = place.view === saved.view && filterQuery(place.only) === filterQuery(saved.only);
  const target = { view: saved.view, only: saved.only, query: null };
  return (
    <li class="saved-line">
      <a
        class="view"
        href={addressOf({ ...place, ...target, seq: null })}
        title={saved.name}
        aria-current={here && place.query === null ? "page" : undefined}
        onClick={(event) => {
          if (!isPlainPress(event)) return;
          event.preventDefault();
          go(target);
        }}
      >
        <Glyph name="filter" />
        <span class="view-name">{saved.name}</span>
        <span class="count">{saved.count > 99 ? "99+" : saved.count}</span>
      </a>
      <button
        type="button"
        class="saved-drop"
        aria-label={t("desk.saved.drop", { name: saved.name })}
        title={t("desk.saved.drop", { name: saved.name })}
        onClick={() => void desk.views.drop(saved.id).catch(() => undefined)}
      >
        <Glyph name="close" size={12} />
      </button>
    </li>
  );
}
