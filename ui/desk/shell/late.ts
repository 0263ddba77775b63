import { useEffect, useState } from "preact/hooks";

/** True once this has been on the screen for so long: short waits show nothing at all. */
export function useLate(ms: number): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return late;
}
