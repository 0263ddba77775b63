// The pages that take the desk's place: the address bar says which is open, as it does for the rest of the desk.
import { Store } from "./store";

export type Page = "wallboard";

const PATHS: Record<Page, string> = { wallboard: "/desk/wallboard" };

function here(): Page | null {
  const path = location.pathname.replace(/\/$/, "");
  return (Object.keys(PATHS) as Page[]).find((page) => PATHS[page] === path) ?? null;
}

export const pages = new Store<{ page: Page | null }>({ page: here() });

let before = "/desk";

export function openPage(page: Page): void {
  if (pages.get().page === null) before = location.pathname + location.search;
  history.pushState(null, "", PATHS[page]);
  pages.set({ page });
}

/** Back to where the agent came from. */
export function closePage(): void {
  history.pushState(null, "", before);
  pages.set({ page: null });
}

/** Another place of the desk was gone to from a page. */
export function leavePage(): void {
  pages.set({ page: null });
}

addEventListener("popstate", () => pages.set({ page: here() }));
