import { render } from "preact";
import "../../kit/tokens.css";
import "../../kit/contrast.css";
import "../../kit/base.css";
import "./styles/panel.css";
import "./styles/thread.css";
import "./styles/around.css";
import "./styles/blocks.css";
import "./styles/records.css";
import "./styles/composer.css";
import { Backoff } from "../../kit/backoff";
import { dress, framed, hear, tell } from "./bridge";
import { Calls } from "./calls";
import { Controller } from "./controller";
import { newPanel } from "./state";
import { ownSession, renewer } from "./standing";
import { App } from "./view/App";

// /widget/INBOX_KEY/panel
const inbox = decodeURIComponent(location.pathname.split("/")[2] ?? "");
dress();

const panel = newPanel(!framed);
const calls = new Calls(inbox);
const renewal = renewer(framed ? () => tell({ kaiwa: "renew" }) : () => void standAlone());
const controller = new Controller(panel, calls, {
  renew: renewal.ask,
  onUnread: (count) => tell({ kaiwa: "unread", count }),
  onPieces: (pieces) => tell({ kaiwa: "pieces", pieces }),
});

/** Opened as a page of its own, there is no loader to ask for the session. */
async function standAlone(): Promise<void> {
  try {
    controller.begin(await ownSession(calls));
    controller.setPage({ url: location.origin + location.pathname, title: document.title, product: null });
    renewal.arrived();
  } catch {
    unreachable();
  }
}

const pause = new Backoff();
let retry: ReturnType<typeof setTimeout> | undefined;

/** Said, and asked again by itself; of a chat that is open already, the connection says so. */
function unreachable(): void {
  renewal.failed();
  if (panel.get().session) return;
  panel.set({ unreachable: true });
  clearTimeout(retry);
  retry = setTimeout(() => panel.get().session || void renewal.ask(), pause.next(false));
}

hear((message) => {
  if (message.kaiwa === "session") {
    dress(message.session.shop.looks?.theme);
    controller.begin(message.session);
    renewal.arrived();
  }
  if (message.kaiwa === "unreachable") unreachable();
  if (message.kaiwa === "visible") controller.setOpen(message.open);
  if (message.kaiwa === "page") controller.setPage(message.page);
  if (message.kaiwa === "cart") controller.setCart(message.items);
  if (message.kaiwa === "say") controller.say(message.text);
});

const root = document.getElementById("root");
if (root) render(<App controller={controller} again={() => void renewal.ask()} />, root);
if (framed) tell({ kaiwa: "ready" });
else void standAlone();
