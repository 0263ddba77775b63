// The layers that keys call, loaded with the first press.
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useStore } from "../state/store";
import { closeOver, listenForPalette, over, type Over as What } from "./opened";

const PARTS: Record<What, () => Promise<ComponentType>> = {
  palette: () => import("./Palette").then((part) => part.Palette),
  keys: () => import("./KeysSheet").then((part) => part.KeysSheet),
};

export function Over() {
  const open = useStore(over, (state) => state.open);
  const [part, setPart] = useState<{ what: What; View: ComponentType } | null>(null);
  useEffect(() => listenForPalette(), []);
  useEffect(() => {
    if (!open) return;
    // Without a network the key does nothing; the next press asks again.
    PARTS[open]().then((View) => setPart({ what: open, View }), closeOver);
  }, [open]);
  return open && part?.what === open ? <part.View /> : null;
}
