import { Glyph, type GlyphName } from "../icons";
import { useDesk } from "../state/desk-context";
import { filterQuery } from "../sorting/filter";
import { addressOf, go, isPlainPress, route } from "../state/route";
import { useStore } from "../state/store";
import { type View, VIEWS } from "../wire";
import { useWords } from "../words/words";

const GLYPHS: Record<View, GlyphName> = {
  mine: "mine", mentions: "at", unassigned: "unassigned", open: "inbox", bot: "bot", waiting: "clock", late: "warn", snoozed: "moon", closed: "check",
};

/** The same links as a column, as icons on the rail and as chips on a phone; only the style differs. */
export function ViewLinks({ views = VIEWS }: { views?: readonly View[] }) {
  const t = useWords();
  const { inbox } = useDesk();
  const place = useStore(route, (state) => state);
  const counts = useStore(inbox.store, (state) => state.counts);
  return (
    <ul class="views">
      {views.map((view) => {
        const current = place.view === view && place.query === null && filterQuery(place.only) === "";
        const target = { ...place, view, only: {}, query: null, seq: null };
        return (
          <li key={view}>
            <a
              class="view"
              href={addressOf(target)}
              aria-current={current ? "page" : undefined}
              title={t(`desk.view.${view}`)}
              onClick={(event) => {
                if (!isPlainPress(event)) return;
                event.preventDefault();
                go({ view, only: {}, query: null });
              }}
            >
              <Glyph name={GLYPHS[view]} />
              <span class="view-name">{t(`desk.view.${view}`)}</span>
              <Count n={counts[view]} late={view === "unassigned" || view === "late" || view === "mentions"} />
            </a>
          </li>
        );
      })}
    </ul>
  );
}

function Count({ n, late }: { n: number | undefined; late: boolean }) {
  if (n === undefined) return null;
  return <span class={late && n > 0 ? "count count-late" : "count"}>{n > 99 ? "99+" : n}</span>;
}
