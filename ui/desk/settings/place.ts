// Which page of the settings is open: the address bar says so, as it does for the rest of the desk.
import { isPlainPress } from "../state/route";
import { Store } from "../state/store";

const HERE = /^\/desk\/settings(?:\/([a-z]+))?(?:\/([\w/-]*))?$/;
const PATH = "/desk/settings";

export interface SettingsPlace {
  open: boolean;
  /** Null at the list of pages. */
  page: string | null;
  /** What of the page: an id, or a form. */
  part: string;
}

function read(): SettingsPlace {
  const found = HERE.exec(location.pathname.replace(/\/$/, ""));
  return { open: found !== null, page: found?.[1] ?? null, part: found?.[2] ?? "" };
}

export const settingsPlace = new Store<SettingsPlace>(read());

let before = "/desk";

export const settingsAddress = (page: string | null, part = ""): string =>
  [PATH, page, part].filter(Boolean).join("/");

export function openSettings(page: string | null = null, part = ""): void {
  if (!settingsPlace.get().open) before = location.pathname + location.search;
  const address = settingsAddress(page, part);
  if (address !== location.pathname) history.pushState(null, "", address);
  settingsPlace.set({ open: true, page, part });
}

/** Back to where the agent came from. */
export function closeSettings(): void {
  history.pushState(null, "", before);
  settingsPlace.set({ open: false, page: null, part: "" });
}

/** A link inside the settings that a press follows without loading the page anew. */
export function linkTo(page: string | null, part = "") {
  return {
    href: settingsAddress(page, part),
    onClick: (event: MouseEvent) => {
      if (!isPlainPress(event)) return;
      event.preventDefault();
      openSettings(page, part);
    },
  };
}

addEventListener("popstate", () => settingsPlace.set(read()));
