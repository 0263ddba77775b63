// What the merchant wrote on the script element.
import type { Theme } from "../protocol";

export interface Config {
  /** Where Kaiwa is: the origin this script came from. */
  origin: string;
  inbox: string;
  language: string;
  /** Null: as the shop chose at the desk. */
  theme: Theme | null;
  side: "left" | "right" | null;
}

export function readConfig(script: HTMLScriptElement): Config | null {
  const { shop, language, theme, side } = script.dataset;
  if (!shop) return null;
  return {
    origin: new URL(script.src, location.href).origin,
    inbox: shop,
    language: language || document.documentElement.lang || navigator.language,
    theme: theme === "dark" || theme === "system" || theme === "light" ? theme : null,
    side: side === "left" || side === "right" ? side : null,
  };
}
