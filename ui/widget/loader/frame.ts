// The panel in its frame. It is made when it is first needed and then kept, so that closing loses nothing.
import { isOurs, type ToLoader, type ToPanel } from "../protocol";
import type { Config } from "./config";
import { make } from "./dom";

export interface FrameListener {
  closed(): void;
  renew(): void;
  unread(count: number): void;
  pieces(count: number): void;
}

export class Frame {
  readonly element: HTMLIFrameElement;
  private ready = false;
  private waiting: ToPanel[] = [];

  constructor(
    private readonly config: Config,
    listener: FrameListener,
  ) {
    this.element = make("iframe", { src: addressOf(config), allow: "clipboard-write; microphone" });
    window.addEventListener("message", (event) => {
      const ours = event.source === this.element.contentWindow && event.origin === config.origin;
      if (ours && isOurs(event.data)) this.hear(event.data as ToLoader, listener);
    });
  }

  /** The latest session always goes first; everything else waits in order until the panel listens. */
  say(message: ToPanel): void {
    if (!this.ready) {
      this.waiting = this.waiting.filter((other) => other.kaiwa !== message.kaiwa || message.kaiwa === "say");
      this.waiting.push(message);
      return;
    }
    this.element.contentWindow?.postMessage(message, this.config.origin);
  }

  private hear(message: ToLoader, listener: FrameListener): void {
    if (message.kaiwa === "ready") {
      this.ready = true;
      const waiting = this.waiting;
      this.waiting = [];
      waiting.sort((a, b) => order(a) - order(b)).forEach((one) => this.say(one));
    }
    if (message.kaiwa === "close") listener.closed();
    if (message.kaiwa === "renew") listener.renew();
    if (message.kaiwa === "unread") listener.unread(Number(message.count) || 0);
    if (message.kaiwa === "pieces") listener.pieces(Number(message.pieces) || 0);
  }
}

function order(message: ToPanel): number {
  return message.kaiwa === "session" ? 0 : 1;
}

/** The panel must know whose messages to believe before the first one comes; the hash never leaves the browser. */
function addressOf(config: Config): string {
  const hash = new URLSearchParams({ shop: location.origin, theme: config.theme ?? "" });
  return `${config.origin}/widget/${encodeURIComponent(config.inbox)}/panel#${hash}`;
}
