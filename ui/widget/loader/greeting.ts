// The one thing the shop says first: at most once a visit, gone after twenty seconds, never over a buy button.
import type { Shop } from "../../kit/types";
import { clerk, close } from "../../kit/icons-paths";
import { drawIcon, make } from "./dom";
import { coversBuying } from "./place";
import type { Words } from "./words";

const LEAVES_MS = 20_000;
const REPLIES = 2;

export interface GreetingListener {
  /** Opened by a press on it, with the words of the reply that was pressed. */
  opened(say: string | null): void;
  dismissed(): void;
  /** It left by itself or found no room: a dot remains. */
  left(): void;
}

export class Greeting {
  readonly element = make("div", { class: "greeting", role: "status", hidden: "" });
  private timer = 0;

  constructor(
    private readonly shop: Shop,
    private readonly words: Words,
    private readonly listener: GreetingListener,
  ) {}

  show(): void {
    const dismiss = make("button", { class: "dismiss", type: "button", "aria-label": this.words.dismiss });
    dismiss.append(drawIcon(close, 20));
    dismiss.onclick = () => this.leave(() => this.listener.dismissed());
    this.element.hidden = false;
    this.element.append(this.who(), this.text(), this.replies(), dismiss);
    if (coversBuying(this.element)) {
      this.leave(() => this.listener.left());
      return;
    }
    this.timer = window.setTimeout(() => this.leave(() => this.listener.left()), LEAVES_MS);
  }

  hide(): void {
    this.leave(() => undefined);
  }

  private leave(then: () => void): void {
    clearTimeout(this.timer);
    this.element.remove();
    then();
  }

  private who(): HTMLElement {
    const mark = make("span", { class: "mark" }, drawIcon(clerk, 20));
    return make("div", { class: "who" }, mark, this.shop.bot_name, make("span", { class: "tag" }, this.words.bot));
  }

  private text(): HTMLElement {
    const text = make("button", { class: "words", type: "button" }, this.shop.greeting ?? "");
    text.onclick = () => this.leave(() => this.listener.opened(null));
    return text;
  }

  private replies(): HTMLElement {
    const list = make("div", { class: "replies" });
    for (const label of this.shop.quick_replies.slice(0, REPLIES)) {
      const reply = make("button", { class: "reply", type: "button" }, label);
      reply.onclick = () => this.leave(() => this.listener.opened(label));
      list.append(reply);
    }
    return list;
  }
}
