// Whether the settings are open: the address bar says so, as it does for the rest of the desk.
import { Store } from "../state/store";

const HERE = /^\/desk\/settings\/?$/;
const PATH = "/desk/settings";

export const settingsPlace = new Store<{ open: boolean }>({ open: HERE.test(location.pathname) });

let before = "/desk";

export function openSettings(): void {
  before = location.pathname + location.search;
  history.pushState(null, "", PATH);
  settingsPlace.set({ open: true });
}

/** Back to where the agent came from. */
export function closeSettings(): void {
  history.pushState(null, "", before);
  settingsPlace.set({ open: false });
}

addEventListener("popstate", () => settingsPlace.set({ open: HERE.test(location.pathname) }));
