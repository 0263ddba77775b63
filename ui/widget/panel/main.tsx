import { render } from "preact";
import "../../kit/tokens.css";
import "../../kit/base.css";
import "./styles/panel.css";
import "./styles/thread.css";
import "./styles/around.css";
import "./styles/blocks.css";
import "./styles/records.css";
import "./styles/composer.css";
import { framed, hear, tell, theme } from "./bridge";
import { Calls } from "./calls";
import { Controller } from "./controller";
import { newPanel } from "./state";
import { ownSession, renewer } from "./standing";
import { App } from "./view/App";

// /widget/INBOX_KEY/panel
const inbox = decodeURIComponent(location.pathname.split("/")[2] ?? "");
if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;

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
    panel.set({ unreachable: true });
  }
}

hear((message) => {
  if (message.kaiwa === "session") {
    controller.begin(message.session);
    renewal.arrived();
  }
  if (message.kaiwa === "visible") controller.setOpen(message.open);
  if (message.kaiwa === "page") controller.setPage(message.page);
  if (message.kaiwa === "cart") controller.setCart(message.items);
  if (message.kaiwa === "say") controller.say(message.text);
});

const root = document.getElementById("root");
if (root) render(<App controller={controller} again={() => void renewal.ask()} />, root);
if (framed) tell({ kaiwa: "ready" });
else void standAlone();
