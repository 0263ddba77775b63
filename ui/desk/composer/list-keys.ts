// Keys go to a list over the composer first while it is open, also those typed into the text.
import { useEffect } from "preact/hooks";

/** `press` says whether the key was the list's. Enter on one of its own buttons stays that button's. */
export function useListKeys(list: string, press: (key: string) => boolean): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      if (!document.getElementById("composer")?.contains(event.target as Node)) return;
      const inList = (event.target as HTMLElement).closest(list) !== null;
      if (inList && (event.key === "Enter" || event.key === "Tab")) return;
      if (!press(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    document.addEventListener("keydown", onKeyDown, true);
    return () => document.removeEventListener("keydown", onKeyDown, true);
  });
}
