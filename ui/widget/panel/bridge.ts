// The panel's side of the talk with the loader. Only the window that frames us, from the origin it announced,
// is heard, and only known data is taken from it.
import { isOurs, type Theme, type ToLoader, type ToPanel } from "../protocol";

const announced = new URLSearchParams(location.hash.slice(1));

export const framed = window.parent !== window;
const theme = (framed ? announced.get("theme") : "system") as Theme | "" | null;

/** Bright or dark as the page that shows us says; where it does not know yet, as the shop chose it. */
export function dress(chosen: Theme = "light"): void {
  const wanted = theme || chosen;
  if (wanted === "light" || wanted === "dark") document.documentElement.dataset.theme = wanted;
  else delete document.documentElement.dataset.theme;
}

const parentOrigin = originOf(announced.get("shop"));

function originOf(text: string | null): string | null {
  try {
    return text ? new URL(text).origin : null;
  } catch {
    return null;
  }
}

export function tell(message: ToLoader): void {
  if (framed && parentOrigin) window.parent.postMessage(message, parentOrigin);
}

export function hear(listener: (message: ToPanel) => void): void {
  window.addEventListener("message", (event) => {
    const known = event.source === window.parent && event.origin === parentOrigin;
    if (framed && known && isOurs(event.data)) listener(event.data as ToPanel);
  });
}
