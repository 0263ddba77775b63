// <script async src="…/widget.js" data-shop="INBOX_KEY"></script>: the only thing on the merchant's pages.
import { readConfig } from "./config";
import { Widget } from "./widget";

/** What the page asked for before this script was there: `(window.Kaiwa ||= []).push(["open"])`. */
type Call = [name: string, ...values: unknown[]];

function start(script: HTMLScriptElement): void {
  const config = readConfig(script);
  const page = window as unknown as { Kaiwa?: Call[] };
  const asked = page.Kaiwa;
  if (!config || (asked && !Array.isArray(asked))) return;
  const widget = new Widget(config);
  const calls = {
    open: (say?: string) => widget.open(say ?? null),
    close: () => widget.close(),
    identify: (token: string | null) => widget.identify(token),
    page: (view?: { url?: string; title?: string; product?: string | null }) => widget.page(view ?? {}),
    cart: (items: Parameters<Widget["cart"]>[0]) => widget.cart(items),
  };
  const push = ([name, ...values]: Call) => (calls as Record<string, ((...given: never[]) => unknown) | undefined>)[name]?.(...(values as never[]));
  Object.assign(window, { Kaiwa: { ...calls, push } });
  for (const call of asked ?? []) push(call);
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
