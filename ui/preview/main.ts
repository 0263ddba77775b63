// The real chat on a page that is no shop: the desk says what it looks like, and nothing leaves this page.
import "../kit/tokens.css";
import "../kit/base.css";
import "./preview.css";
import type { Session } from "../kit/types";
import { Widget } from "../widget/loader/widget";

const inbox = decodeURIComponent(location.hash.slice(1));
let session: Session | null = null;
let widget: Widget | null = null;
let shown = true;

const THINGS = 9;
const page = document.getElementById("page");
for (let n = 0; n < THINGS; n += 1) {
  const thing = document.createElement("div");
  thing.className = "thing";
  for (const part of ["thing-picture", "thing-line", "thing-line"]) {
    const line = document.createElement("span");
    line.className = part;
    thing.append(line);
  }
  page?.append(thing);
}

function draw(next: Session): void {
  session = next;
  const { theme } = next.shop.looks ?? {};
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  document.documentElement.lang = next.language;
  if (widget) return void widget.identify(null);
  const config = { origin: location.origin, inbox, language: next.language, theme: null, side: null };
  widget = new Widget(config, async () => session ?? next);
  void widget.identify(null).then(stand);
}

/** Open or closed, as the desk wants to see it. */
function stand(): void {
  if (shown) widget?.open();
  else widget?.close();
}

addEventListener("message", (event) => {
  const ours = event.source === window.parent && event.origin === location.origin;
  const told = event.data as { preview?: Session; open?: boolean } | null;
  if (!ours || !told?.preview) return;
  shown = told.open !== false;
  draw(told.preview);
  stand();
});

if (window.parent !== window) window.parent.postMessage({ preview: "ready" }, location.origin);
