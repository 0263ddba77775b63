// The launcher on the shop's page: a button, a badge, a greeting, and a panel that is made when it is needed.
import { setAccent } from "../../kit/accent";
import { bag, chat, clerk, down, help } from "../../kit/icons-paths";
import type { CartItem, Session } from "../../kit/types";
import type { PageView, ToPanel } from "../protocol";
import { Behind } from "./behind";
import type { Config } from "./config";
import { drawIcon, make } from "./dom";
import { Frame } from "./frame";
import { Greeting } from "./greeting";
import { memoryOf } from "./memory";
import { onPageChange, presentPage } from "./pages";
import { mayGreetHere } from "./place";
import { arrival } from "./arrival";
import { answerExpected, askSession, unreadOf } from "./session";
import { adoptStyles } from "./sheet";
import { wordsFor } from "./words";

const GREET_AFTER_MS = 3_000;
const PHONE = "(max-width: 639px)";
const ICONS = { chat, bag, help, clerk };

/** The shop's page may listen. */
const tell = (what: string, detail: object | null = null) => void document.dispatchEvent(new CustomEvent(`kaiwa:${what}`, { detail }));

export class Widget {
  private readonly memory;
  private words;
  private readonly host: HTMLElement;
  private readonly root: ShadowRoot;
  private readonly launcher: HTMLButtonElement;
  private readonly badge = make("span", { class: "badge", "aria-hidden": "true", hidden: "" });
  private readonly panel = make("div", { class: "panel", id: "panel", role: "dialog", hidden: "" });
  private readonly behind: Behind;
  private frame: Frame | null = null;
  private greeting: Greeting | null = null;
  private session: Session | null = null;
  private identity: string | null = null;
  /** By a link into the chat, from another one. */
  private readonly arrived;
  private asking: Promise<Session> | null = null;
  private unread = 0;
  /** What the shop has said of the page that is open. */
  private told: Partial<PageView> = {};

  constructor(
    private readonly config: Config,
    private readonly asked: typeof askSession = askSession,
  ) {
    this.memory = memoryOf(config.inbox);
    this.arrived = arrival(this.memory);
    this.words = wordsFor(config.language);
    this.host = document.createElement("kaiwa-widget");
    this.stand(config.side, config.theme);
    this.root = this.host.attachShadow({ mode: "open" });
    this.behind = new Behind(this.host);
    adoptStyles(this.root);
    const icons = [drawIcon(chat, 24, "chat"), drawIcon(down, 24, "down")];
    this.launcher = make("button", { class: "launcher", type: "button", "aria-controls": "panel" }, ...icons, this.badge);
    this.launcher.onclick = () => (this.isOpen ? this.close() : this.open());
    this.launcher.onpointerenter = () => void this.prepare();
    this.root.append(this.panel, this.launcher);
    this.root.addEventListener("keydown", (event) => {
      if ((event as KeyboardEvent).key === "Escape" && this.isOpen) this.close();
    });
    this.name();
    document.body.append(this.host);
    onPageChange(() => this.page({}));
  }

  private get isOpen(): boolean {
    return !this.panel.hidden;
  }

  async begin(): Promise<void> {
    if (this.arrived.opens) return this.open();
    const session = await this.renew();
    if (answerExpected(session)) this.makeFrame();
    else if (!session.conversation) setTimeout(() => this.greet(session), GREET_AFTER_MS);
  }

  open(say: string | null = null): void {
    if (!this.isOpen) this.show();
    if (say) this.frame?.say({ kaiwa: "say", text: say });
  }

  close(): void {
    if (!this.isOpen) return;
    const inside = this.root.activeElement !== null;
    this.panel.hidden = true;
    this.behind.release();
    this.frame?.say({ kaiwa: "visible", open: false });
    this.name();
    if (inside) this.launcher.focus();
    tell("close");
  }

  /** The shop knows who this is: a token signed by the merchant. null when the shopper has left. */
  async identify(identity: string | null): Promise<void> {
    this.identity = identity;
    // What is under way was asked for as somebody else.
    await this.asking?.catch(() => undefined);
    await this.renew();
  }

  page(view: Partial<PageView>): void {
    this.told = view;
    this.tellPage();
  }

  private tellPage(): void {
    this.frame?.say({ kaiwa: "page", page: { ...presentPage(), ...this.told } });
  }

  cart(items: CartItem[]): void {
    this.makeFrame().say({ kaiwa: "cart", items });
  }

  private show(): void {
    this.greeting?.hide();
    this.makeFrame();
    this.panel.hidden = false;
    this.memory.settle();
    const phone = matchMedia(PHONE).matches;
    this.panel.setAttribute("aria-modal", String(phone));
    if (phone) this.behind.hold();
    this.name();
    this.frame?.element.focus();
    this.frame?.say({ kaiwa: "visible", open: true });
    tell("open");
  }

  private makeFrame(): Frame {
    if (this.frame) return this.frame;
    this.frame = new Frame(this.config, {
      closed: () => this.close(),
      renew: () => this.again(),
      unread: (count) => this.count(count),
      // The shop's page may show it beside its own.
      pieces: (pieces) => tell("cart", { pieces }),
    });
    this.panel.append(this.frame.element);
    if (this.session) this.frame.say({ kaiwa: "session", session: this.session });
    else this.again();
    this.title();
    this.tellPage();
    return this.frame;
  }

  /** The pointer is on the launcher: have the document ready when it is pressed. */
  private prepare(): void {
    if (this.frame || this.root.querySelector("link")) return;
    const href = `${this.config.origin}/widget/${encodeURIComponent(this.config.inbox)}/panel`;
    this.root.append(make("link", { rel: "prefetch", as: "document", href }));
  }

  /** One at a time: two that ask without a token would be two visitors. */
  private renew(): Promise<Session> {
    this.asking ??= this.ask().finally(() => (this.asking = null));
    return this.asking;
  }

  /** For the panel: it tells the shopper when nobody answers, and when to try again. */
  private again(): void {
    this.renew().catch(() => this.frame?.say({ kaiwa: "unreachable" }));
  }

  private async ask(): Promise<Session> {
    const session = await this.asked(this.config, this.memory, this.identity, this.arrived.came);
    this.arrived.came = {};
    this.session = session;
    this.words = wordsFor(session.language);
    const night = matchMedia("(prefers-color-scheme: dark)").matches;
    const { looks } = session.shop;
    const theme = (this.config.theme ??= looks?.theme ?? "light");
    this.stand(this.config.side ?? looks?.side ?? null, theme);
    this.launcher.querySelector(".chat path")?.setAttribute("d", ICONS[looks?.icon ?? "chat"] ?? chat);
    setAccent(this.host, session.shop.accent, theme === "dark" || (theme === "system" && night));
    this.frame?.say({ kaiwa: "session", session } satisfies ToPanel);
    this.title();
    if (!this.frame) this.count(unreadOf(session));
    return session;
  }

  private stand(side: Config["side"], theme: Config["theme"]): void {
    this.host.dataset.side = side ?? "right";
    if (theme === "system") delete this.host.dataset.theme;
    else this.host.dataset.theme = theme ?? "light";
  }

  private title(): void {
    const title = this.words.chat(this.session?.shop.name ?? "");
    this.panel.setAttribute("aria-label", title);
    if (this.frame) this.frame.element.title = title;
  }

  private greet(session: Session): void {
    const may = session.shop.greeting && !this.frame && !this.memory.greeted() && mayGreetHere();
    if (!may) return;
    this.memory.greet();
    this.greeting = new Greeting(session.shop, this.words, {
      opened: (say) => this.open(say),
      dismissed: () => this.memory.refuseGreeting(),
      left: () => this.dot(),
    });
    this.root.append(this.greeting.element);
    this.greeting.show();
  }

  private dot(): void {
    if (this.unread > 0 || this.isOpen) return;
    this.badge.className = "badge dot";
    this.badge.textContent = "";
    this.badge.hidden = false;
  }

  private count(unread: number): void {
    if (unread !== this.unread) tell("unread", { unread });
    this.unread = unread;
    this.badge.className = "badge";
    this.badge.textContent = unread > 99 ? "99+" : String(unread);
    this.name();
  }

  /** What the launcher is called, and whether its badge shows, both follow from the same two facts. */
  private name(): void {
    const open = this.isOpen;
    const unread = this.unread > 0 ? this.words.unread(this.unread) : "";
    this.badge.hidden = open || this.unread === 0;
    this.launcher.setAttribute("aria-expanded", String(open));
    this.launcher.setAttribute("aria-label", open ? this.words.close : this.words.open + unread);
  }
}
