// What lies over everything and is called by a key: the palette, and the list of keys.
import { Store } from "../state/store";

export type Over = "palette" | "keys";

/** `typed` is what was written before the palette stood: nobody waits for it, and no letter goes elsewhere. */
export const over = new Store<{ open: Over | null; typed: string }>({ open: null, typed: "" });

export const openOver = (open: Over): void => over.set({ open, typed: "" });
export const closeOver = (): void => over.set({ open: null, typed: "" });

const layered = (): boolean => document.querySelector("dialog[open]") !== null;

/** Ctrl K (⌘ K) from anywhere, also out of a field; not over another layer, whose work would be lost. */
export function listenForPalette(): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing || event.keyCode === 229) return;
    const command = event.ctrlKey || event.metaKey;
    const { open, typed } = over.get();
    if (command && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
      if (open === "palette") closeOver();
      else if (!layered()) openOver("palette");
    } else if (open && !layered() && !command && !event.altKey) {
      if (event.key === "Escape") closeOver();
      else if (event.key.length === 1) over.set({ typed: typed + event.key });
      event.stopPropagation();
    } else return;
    event.preventDefault();
  };
  // Before the desk's own keys, and before a layer keeps its keys to itself.
  document.addEventListener("keydown", onKeyDown, true);
  return () => document.removeEventListener("keydown", onKeyDown, true);
}
