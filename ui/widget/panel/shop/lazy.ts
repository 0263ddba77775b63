// What is loaded when it is first needed. A failed load is tried again with the next render that needs it.
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";

export function useLazy<P>(wanted: boolean, load: () => Promise<ComponentType<P>>): ComponentType<P> | "failed" | null {
  const [found, setFound] = useState<{ part: ComponentType<P> | "failed" } | null>(null);
  useEffect(() => {
    if (!wanted || (found && found.part !== "failed")) return;
    let asked = true;
    load().then(
      (part) => asked && setFound({ part }),
      () => asked && setFound({ part: "failed" }),
    );
    return () => {
      asked = false;
    };
  }, [wanted]);
  return found?.part ?? null;
}
