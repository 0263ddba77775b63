import { useEffect, useState } from "preact/hooks";

/** Where CSS alone is not enough: what is on the screen at all differs by width. */
export function useMedia(query: string): boolean {
  const [fits, setFits] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const look = () => setFits(list.matches);
    look();
    list.addEventListener("change", look);
    return () => list.removeEventListener("change", look);
  }, [query]);
  return fits;
}

export const PHONE = "(max-width: 767px)";
/** Below this the customer's panel slides over the thread. */
export const NO_PANEL = "(max-width: 1119px)";
