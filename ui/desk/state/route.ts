// Where the desk is: the address bar is the only memory of the open view and conversation.
import { filterQuery, readFilter } from "../sorting/filter";
import { type Filter, VIEWS, type View } from "../wire";
import { Store } from "./store";

export interface Place {
  view: View;
  only: Filter;
  conversation: number | null;
  /** The message to show first, when one was chosen in the search. */
  seq: number | null;
  /** Null when the search is not open. */
  query: string | null;
}

export function readPlace(url: URL): Place {
  const view = url.searchParams.get("view") as View;
  const open = /^\/desk\/conversations\/(\d+)\/?$/.exec(url.pathname);
  const seq = Number(url.searchParams.get("seq"));
  return {
    view: VIEWS.includes(view) ? view : "open",
    only: readFilter(url.searchParams),
    conversation: open ? Number(open[1]) : null,
    seq: open && seq > 0 ? seq : null,
    query: url.searchParams.get("q"),
  };
}

export function addressOf(place: Place): string {
  const query = new URLSearchParams(filterQuery(place.only));
  if (place.view !== "open") query.set("view", place.view);
  if (place.query !== null) query.set("q", place.query);
  if (place.seq) query.set("seq", String(place.seq));
  const path = place.conversation ? `/desk/conversations/${place.conversation}` : "/desk";
  return query.size > 0 ? `${path}?${query}` : path;
}

export const route = new Store<Place>(readPlace(new URL(location.href)));

/** Goes to another place of the desk; a correction of the same place replaces the entry in the history. */
export function go(change: Partial<Place>, replace = false): void {
  const next = { ...route.get(), seq: null, ...change };
  const address = addressOf(next);
  if (address !== location.pathname + location.search)
    history[replace ? "replaceState" : "pushState"](null, "", address);
  route.set(next);
}

addEventListener("popstate", () => route.set(readPlace(new URL(location.href))));

/** A press that the browser should handle itself: a new tab, another button. */
export function isPlainPress(event: MouseEvent): boolean {
  return event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
}
