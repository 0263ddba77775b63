// <script async src="…/widget.js" data-shop="INBOX_KEY"></script>: the only thing on the merchant's pages.
import { readConfig } from "./config";
import { Widget } from "./widget";

function start(script: HTMLScriptElement): void {
  const config = readConfig(script);
  if (!config || "Kaiwa" in window) return;
  const widget = new Widget(config);
  Object.assign(window, {
    Kaiwa: {
      open: (say?: string) => widget.open(say ?? null),
      close: () => widget.close(),
      identify: (token: string | null) => widget.identify(token),
      page: (view?: { url?: string; title?: string; product?: string | null }) => widget.page(view ?? {}),
      cart: (items: Parameters<Widget["cart"]>[0]) => widget.cart(items),
    },
  });
  // The shop's own work comes first.
  const idle = window.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 200));
  idle(() => {
    // Without a session the launcher stays; opening it asks again.
    widget.begin().catch((error: unknown) => console.warn(error));
  });
}

const script = document.currentScript;
if (script instanceof HTMLScriptElement) {
  if (document.body) start(script);
  else document.addEventListener("DOMContentLoaded", () => start(script));
}
