// Joins the session, the live connection and the outbox into one state, and holds what the shopper can do.
import { Live } from "../../kit/live";
import { newClientId } from "../../kit/ids";
import { beforeFirstGap, fillIn, merge, placeOf, withinReach } from "../../kit/merge";
import { Outbox } from "../../kit/outbox";
import type { Action, CartItem, FileRef, Message, Session, ShopperConversation, WidgetEvent } from "../../kit/types";
import type { PageView } from "../protocol";
import type { Calls, Draft } from "./calls";
import { Receipts } from "./receipts";
import { Till } from "./shop/till";
import { SO_FAR_LASTS_MS, type SoFar } from "./so-far";
import { isLater, isUnread, type Panel } from "./state";

const PAGE = 50;
/** Fewer at once while somebody scrolls: each page is laid out above a thread that may be long. */
const EARLIER = 25;
const EARLIER_PAUSE_MS = 3_000;
const TYPING_LASTS_MS = { bot: 15_000, agent: 6_000 };
const TYPING_EVERY_MS = 3_000;

export interface Surroundings {
  /** Get a fresh session, from the loader or by ourselves; it arrives through `begin`. */
  renew: () => Promise<boolean>;
  onUnread: (count: number) => void;
  /** How many pieces are in the cart now. */
  onPieces: (pieces: number) => void;
}

export class Controller {
  readonly till: Till;
  private live: Live<WidgetEvent> | null = null;
  private outbox: Outbox<Draft> | null = null;
  private readonly receipts: Receipts;
  private page: PageView | null = null;
  private cart: CartItem[] | null = null;
  private typingEnds: ReturnType<typeof setTimeout> | undefined;
  private soFarEnds: ReturnType<typeof setTimeout> | undefined;
  private typingToldAt = 0;
  /** Holes that were asked about: nothing behind them is ours to see. */
  private readonly holes = new Set<string>();
  private unsaid: string[] = [];
  private earlierAgainAt = 0;
  /** Which session's answers are still wanted: what an earlier one was told is not for who is here now. */
  private epoch = 0;

  constructor(
    readonly panel: Panel,
    readonly calls: Calls,
    readonly around: Surroundings,
  ) {
    this.till = new Till(calls, around.onPieces);
    this.receipts = new Receipts((frame) => this.tell(frame));
    document.addEventListener("visibilitychange", () => this.seen());
  }

  /** A session has come: the first one, a fresh token of the same visitor, or another visitor. */
  begin(session: Session): void {
    const { session: before, conversation } = this.panel.get();
    this.calls.token = session.token;
    this.calls.language = session.language;
    if (session.preview) {
      this.show(session, false);
      return this.panel.set({ live: { kind: "live" } });
    }
    const same = before?.visitor === session.visitor;
    const standing = same && before.signed_in === session.signed_in;
    if (standing && (!session.conversation || session.conversation.id === conversation?.id)) {
      this.panel.set({ session, unreachable: false });
      this.outbox?.resume();
      return;
    }
    // The same visitor in another conversation: a new one, or after signing in the customer's own.
    // Signed in, the connection is asked for anew: it brings what is said on other devices.
    this.live?.stop();
    this.epoch += 1;
    this.receipts.forget();
    if (!same) this.till.forget();
    this.show(session, same);
    if (this.panel.get().open) void this.till.look();
    if (same) this.outbox?.resume();
    else this.openOutbox(session);
    this.openLive(session);
    for (const text of this.unsaid.splice(0)) this.say(text);
  }

  say(text: string, payload: string | null = null, file: { id: string; preview: FileRef } | null = null): void {
    if (!this.outbox) return void this.unsaid.push(text);
    this.outbox.add({
      client_id: newClientId(),
      text,
      payload,
      file: file?.id ?? null,
      preview: file?.preview ?? null,
      page: this.page?.url ?? null,
    });
  }

  /** A sticker of ours; until the server shows it back its words stand for it. */
  stick(sticker: string, words: string): void {
    this.outbox?.add({ client_id: newClientId(), text: words, payload: null, file: null, sticker, preview: null, page: null });
  }

  press(action: Action): void {
    if (action.type === "reply") this.say(action.text, action.payload ?? null);
  }

  sendForm(body: Parameters<Calls["form"]>[0]): Promise<unknown> {
    return this.calls.form(body).catch((error) => this.sendFailed(error));
  }

  retry = (clientId: string): void => this.outbox?.retry(clientId);
  remove = (clientId: string): void => this.outbox?.remove(clientId);
  reconnect = (): void => this.live?.now();

  typing(): void {
    if (Date.now() - this.typingToldAt < TYPING_EVERY_MS) return;
    if (this.tell({ type: "typing" })) this.typingToldAt = Date.now();
  }

  setPage(page: PageView): void {
    this.page = page;
    this.tell({ type: "page", ...page });
  }

  setCart(items: CartItem[]): void {
    this.cart = items;
    this.tell({ type: "cart", items });
  }

  setOpen(open: boolean): void {
    const { messages } = this.panel.get();
    const firstUnread = messages.find(isUnread);
    this.panel.set({ open, unreadFrom: open && firstUnread ? firstUnread : null });
    const { session } = this.panel.get();
    if (open && session && !session.preview) void this.till.look();
    this.seen();
  }

  /** How long a person still takes changes without an event of this conversation. */
  async lookAtWait(): Promise<void> {
    const { conversation, messages } = this.panel.get();
    const { epoch } = this;
    const seen = await this.calls.history({ after_seq: messages.at(-1)?.seq ?? 0 }).catch(() => null);
    if (this.epoch === epoch && seen?.conversation && seen.conversation.id === conversation?.id) this.panel.set({ conversation: seen.conversation });
  }

  async earlier(): Promise<void> {
    const { messages, loadingEarlier, hasEarlier } = this.panel.get();
    const { epoch } = this;
    const first = messages[0];
    if (!first || loadingEarlier || !hasEarlier || Date.now() < this.earlierAgainAt) return;
    this.panel.set({ loadingEarlier: true });
    try {
      const page = await this.calls.earlier(first, EARLIER);
      if (this.epoch !== epoch) return this.panel.set({ loadingEarlier: false });
      this.panel.set({ messages: fillIn(this.panel.get().messages, page.messages), hasEarlier: page.has_earlier, loadingEarlier: false });
    } catch {
      // Scrolling up again asks again, but not at every line.
      this.earlierAgainAt = Date.now() + EARLIER_PAUSE_MS;
      this.panel.set({ loadingEarlier: false });
    }
  }

  /** What the same visitor said in an earlier conversation stays above. */
  private show(session: Session, same: boolean): void {
    const { messages: fresh = [], ...conversation } = session.conversation ?? {};
    const { messages: known, open } = this.panel.get();
    const firstUnread = fresh.find(isUnread);
    this.panel.set({
      session,
      unreachable: false,
      conversation: session.conversation ? (conversation as typeof session.conversation) : null,
      messages: same ? merge(known, fresh) : fresh,
      typing: null,
      soFar: null,
      hasEarlier: (fresh[0]?.seq ?? 1) > 1 || session.has_earlier === true,
      unreadFrom: open && firstUnread ? firstUnread : null,
    });
  }

  private openOutbox(session: Session): void {
    this.outbox?.stop();
    this.outbox = new Outbox<Draft>({
      scope: `${this.calls.inbox}.${session.visitor}`,
      send: (draft) => this.calls.send(draft).catch((error) => this.sendFailed(error)),
      onChange: (entries) => this.panel.set({ entries }),
    });
    this.panel.set({ entries: this.outbox.list() });
    this.outbox.settle(this.panel.get().messages.map((message) => message.client_id));
    this.outbox.resume();
  }

  /** A token that has run out is replaced before the message is called failed. */
  private async sendFailed(error: { status?: number }): Promise<never> {
    if (error.status === 401) await this.around.renew();
    throw error;
  }

  private openLive(session: Session): void {
    this.live = new Live<WidgetEvent>({
      url: this.calls.liveUrl,
      cursor: session.cursor,
      hello: (cursor) => ({ type: "hello", token: this.calls.token, cursor }),
      onEvents: (events) => this.take(events),
      onRefetch: () => this.refetch(),
      onState: (live) => this.connection(live),
      onNotAuthentic: () => this.around.renew(),
      poll: (cursor, signal) => this.calls.poll(cursor, signal),
    });
    this.live.start();
  }

  private connection(live: ReturnType<Panel["get"]>["live"]): void {
    const up = live.kind === "live" || live.kind === "polling";
    const { cutAt, live: before } = this.panel.get();
    // What is told of an answer that is being made is told once: who was away waits for the message.
    this.panel.set({ live, cutAt: up ? null : (cutAt ?? Date.now()), ...(!up && { soFar: null }) });
    if (live.kind !== "live" || before.kind === "live") return;
    this.outbox?.resume();
    this.receipts.forget();
    if (this.page) this.tell({ type: "page", ...this.page });
    if (this.cart) this.tell({ type: "cart", items: this.cart });
    this.seen();
  }

  private tell(frame: object): boolean {
    return this.live?.send(frame) ?? false;
  }

  private async take(events: WidgetEvent[]): Promise<void> {
    const messages: Message[] = [];
    const { epoch } = this;
    for (const event of events) {
      if (event.kind === "message") {
        messages.push(event.message);
        if (event.message.client_id?.startsWith("order:")) this.till.purchase?.orderMoved();
      }
      if (event.kind === "conversation" && isLater(event.conversation, this.panel.get().conversation))
        this.move(event.conversation);
      if (event.kind === "cart") this.till.lookSoon();
      if (event.kind === "checkout") this.till.purchase?.heard(event.checkout, event.version);
      if (event.kind === "typing") this.showTyping(event.sender, event.name);
      if (event.kind === "so_far") this.showSoFar(event);
    }
    this.place(messages);
    await this.closeGap();
    if (this.epoch === epoch) this.seen();
  }

  private place(messages: Message[]): void {
    if (messages.length === 0) return;
    const spoken = messages.some((message) => message.direction === "out");
    const { messages: known, hasEarlier } = this.panel.get();
    this.panel.set({
      messages: merge(known, hasEarlier ? withinReach(known, messages) : messages),
      typing: spoken ? null : this.panel.get().typing,
    });
    this.outbox?.settle(messages.map((message) => message.client_id));
  }

  /** A hole in the seq is something we have not been told, or may not see: ask once for what is behind it. */
  private async closeGap(): Promise<void> {
    const before = beforeFirstGap(this.panel.get().messages, this.holes);
    if (!before) return;
    const { epoch } = this;
    const page = await this.calls.history({ after_seq: before.seq });
    if (this.epoch !== epoch) return;
    this.panel.set({ messages: fillIn(this.panel.get().messages, page.messages) });
    this.outbox?.settle(page.messages.map((message) => message.client_id));
    this.rememberHoles();
  }

  /** What is missing after the server has answered is missing for good. */
  private rememberHoles(): void {
    const { messages } = this.panel.get();
    for (let hole = beforeFirstGap(messages, this.holes); hole; hole = beforeFirstGap(messages, this.holes))
      this.holes.add(placeOf(hole));
  }

  private async refetch(): Promise<void> {
    if (this.till.get().cart) this.till.lookSoon();
    void this.till.purchase?.look();
    const { messages, conversation } = this.panel.get();
    const { epoch } = this;
    // Changes of known messages may have been missed too, so a page of them is asked for again.
    const known = messages.filter((message) => message.conversation === conversation?.id).slice(-PAGE);
    const history = await this.calls.history({ after_seq: (known[0]?.seq ?? 1) - 1 });
    const another = history.conversation?.id !== conversation?.id;
    const all = another ? await this.calls.history({ after_seq: 0 }) : history;
    if (this.epoch !== epoch) return;
    if (all.conversation) this.panel.set({ conversation: all.conversation });
    this.place(all.messages);
    this.rememberHoles();
    this.seen();
  }

  private showTyping(sender: "bot" | "agent", name: string): void {
    clearTimeout(this.typingEnds);
    this.panel.set({ typing: { sender, name } });
    this.typingEnds = setTimeout(() => this.panel.set({ typing: null }), TYPING_LASTS_MS[sender]);
  }

  private showSoFar({ conversation, after_seq, texts }: SoFar): void {
    clearTimeout(this.soFarEnds);
    this.panel.set({ soFar: { conversation, after_seq, texts } });
    this.soFarEnds = setTimeout(() => this.panel.set({ soFar: null }), SO_FAR_LASTS_MS);
  }

  /** Where a person has taken over, the machine writes no more. */
  private move(conversation: ShopperConversation): void {
    const { typing } = this.panel.get();
    const over = typing?.sender === "bot" && conversation.answered_by !== "bot";
    this.panel.set({ conversation, typing: over ? null : typing });
  }

  private seen(): void {
    const { messages, open } = this.panel.get();
    const seen = open && document.visibilityState === "visible";
    this.receipts.update(messages, seen);
    this.around.onUnread(seen ? 0 : messages.filter(isUnread).length);
  }
}
