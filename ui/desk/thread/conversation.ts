// The open conversation: what the server said about it, and what this agent did that is not answered yet.
import { newClientId } from "../../kit/ids";
import { get, post } from "../state/api";
import { Store } from "../state/store";
import type { ConversationPage, Customer, DeskMessage, Happening, LiveEvent, Note, Person, Route, Row } from "../wire";
import { joinPage, mergeById, mergeMessages } from "./merge";
import { STRETCH } from "./stretches";

type Writing = "customer" | "agent" | "bot";

export interface Thread {
  id: number;
  phase: "loading" | "ready" | "failed" | "missing";
  row: Row | null;
  customer: Customer | null;
  messages: readonly DeskMessage[];
  notes: readonly Note[];
  happenings: readonly Happening[];
  routes: readonly Route[];
  hasEarlier: boolean;
  earlier: "idle" | "loading" | "failed";
  viewers: readonly Person[];
  typing: { sender: Writing; name: string | null } | null;
  /** A second page is under way although the first is on the screen (opened again, or the stream lost its place). */
  refreshing: boolean;
  /** A note names this agent, who has not looked yet. */
  mentioned: boolean;
}

const PAGE = 50;
/** A page on the way to a message far back; the server gives 200 at the most. */
const FAR_PAGE = 175;
/** A model tells at its beginning and with each sentence, and may think long in between. */
const TYPING_MS = { customer: 4_000, agent: 4_000, bot: 15_000 };
const CATCH_UP_MS = 1000;

export const emptyThread = (id: number): Thread => ({
  id, phase: "loading", row: null, customer: null, messages: [], notes: [], happenings: [], routes: [],
  hasEarlier: false, earlier: "idle", viewers: [], typing: null, refreshing: false, mentioned: false,
});

export type Verb = "take" | "hand-back" | "close" | "reopen";

export class Conversation {
  readonly store: Store<Thread>;
  private stopTyping: ReturnType<typeof setTimeout> | undefined;
  private catching: ReturnType<typeof setTimeout> | undefined;
  private run = 0;

  constructor(readonly id: number, known: Row | null) {
    this.store = new Store<Thread>({ ...emptyThread(id), row: known });
  }

  async load(): Promise<void> {
    const run = ++this.run;
    this.store.set(this.store.get().phase === "ready" ? { refreshing: true } : { phase: "loading" });
    try {
      const page = await get(`/api/conversations/${this.id}?limit=${PAGE}`);
      if (run === this.run) this.put(page);
    } catch (problem) {
      if (run !== this.run) return;
      const missing = (problem as { status?: number }).status === 404;
      const ready = this.store.get().phase === "ready";
      this.store.set({ refreshing: false, ...(ready ? {} : { phase: missing ? "missing" : "failed" }) });
    }
  }

  private put(page: ConversationPage): void {
    const known = this.store.get();
    const messages = joinPage(known.messages, page.messages);
    const joined = messages.length > 0 && messages[0]?.seq === known.messages[0]?.seq;
    this.store.set({
      phase: "ready",
      refreshing: false,
      row: page.conversation,
      customer: page.customer,
      messages,
      notes: mergeById(known.notes, page.notes),
      happenings: mergeById(known.happenings, page.happenings),
      routes: page.routes,
      mentioned: page.mentioned ?? false,
      hasEarlier: joined ? known.hasEarlier : page.has_earlier,
    });
  }

  /** The page before; pages end where a stretch does, so that none is drawn twice. */
  async loadEarlier(wanted = PAGE): Promise<void> {
    const { messages, hasEarlier, earlier } = this.store.get();
    const first = messages[0]?.seq;
    if (!hasEarlier || earlier === "loading" || first === undefined) return;
    this.store.set({ earlier: "loading" });
    try {
      const limit = wanted + ((first - 1) % STRETCH);
      const page = await get(`/api/conversations/${this.id}?before_seq=${first}&limit=${limit}`);
      const known = this.store.get();
      this.store.set({
        messages: mergeMessages(known.messages, page.messages),
        notes: mergeById(known.notes, page.notes),
        happenings: mergeById(known.happenings, page.happenings),
        hasEarlier: page.has_earlier,
        earlier: "idle",
      });
    } catch {
      this.store.set({ earlier: "failed" });
    }
  }

  /** Loads backwards until the message is there: the way from a search hit into a long thread. */
  async reach(seq: number): Promise<void> {
    while (this.store.get().hasEarlier && (this.store.get().messages[0]?.seq ?? 0) > seq) {
      await this.loadEarlier(FAR_PAGE);
      if (this.store.get().earlier === "failed") return;
    }
  }

  take(event: LiveEvent): void {
    const known = this.store.get();
    if (event.kind === "row") {
      this.putRow(event.conversation);
      this.catchUp(event.conversation.last_seq);
    }
    else if (event.kind === "message") this.takeMessage(event.message);
    else if (event.kind === "note") this.store.set({ notes: mergeById(known.notes, [event.note]) });
    else if (event.kind === "happening") this.store.set({ happenings: mergeById(known.happenings, [event.happening]) });
    else if (event.kind === "presence") this.store.set({ viewers: event.agents });
    else if (event.kind === "typing") this.takeTyping(event.sender, event.name);
    else if (event.kind === "visitor" && known.customer)
      this.store.set({ customer: { ...known.customer, pages: event.pages, cart: event.cart } });
  }

  /** The row tells of a message that never came (it fell between loading and following): fetch it. */
  private catchUp(seq: number): void {
    const behind = () => this.store.get().phase === "ready" && (this.store.get().messages.at(-1)?.seq ?? 0) < seq;
    if (!behind()) return;
    clearTimeout(this.catching);
    this.catching = setTimeout(() => void (behind() && this.load()), CATCH_UP_MS);
  }

  putRow(row: Row): void {
    const { row: known, typing } = this.store.get();
    if (known && row.last_seq <= known.last_seq && row.epoch < known.epoch) return;
    const over = typing?.sender === "bot" && row.answered_by !== "bot";
    this.store.set({ row, typing: over ? null : typing });
  }

  takeMessage(message: DeskMessage): void {
    const { messages, phase, typing } = this.store.get();
    if (phase !== "ready") return;
    const last = messages.at(-1)?.seq ?? 0;
    // Seqs have no gaps: a jump means that something was missed, and the page fills it.
    if (message.seq > last + 1 && messages.length > 0) void this.load();
    const before = message.seq < (messages[0]?.seq ?? 0);
    if (!before) this.store.set({ messages: mergeMessages(messages, [message]) });
    const spoke = typing && message.seq > last && (typing.sender === "customer") === (message.direction === "in");
    if (spoke) this.store.set({ typing: null });
    // What may be sent where, and what it costs, changes when the customer speaks.
    if (message.direction === "in" && message.seq > last) void this.loadRoutes();
  }

  private async loadRoutes(): Promise<void> {
    const page = await get(`/api/conversations/${this.id}?limit=1`).catch(() => null);
    if (page) this.store.set({ routes: page.routes, customer: page.customer });
  }

  private takeTyping(sender: Writing, name: string | null): void {
    clearTimeout(this.stopTyping);
    this.store.set({ typing: { sender, name } });
    this.stopTyping = setTimeout(() => this.store.set({ typing: null }), TYPING_MS[sender]);
  }

  async act(verb: Verb): Promise<Row> {
    const epoch = this.store.get().row?.epoch ?? 0;
    const path = `/api/conversations/${this.id}` as const;
    const answer = await (verb === "reopen" ? post(`${path}/reopen`) : post(`${path}/${verb}`, { epoch }));
    this.putRow(answer.conversation);
    return answer.conversation;
  }

  /** The customer gets a code there and tells it where they write: then the address is theirs. */
  async sendCode(identity: number): Promise<void> {
    await post(`/api/conversations/${this.id}/code`, { client_id: newClientId(), identity });
    await this.load();
  }

  /** The next answers go to this address; the customer is told at both places. */
  async continueAt(identity: number): Promise<void> {
    const epoch = this.store.get().row?.epoch ?? 0;
    const body = { client_id: newClientId(), epoch, identity };
    const answer = await post(`/api/conversations/${this.id}/continue`, body);
    this.putRow(answer.conversation);
    await this.load();
  }

  async cancel(message: DeskMessage): Promise<void> {
    await post(`/api/conversations/${this.id}/messages/${message.id}/cancel`);
    this.takeMessage({ ...message, state: "cancelled" });
  }

  async retry(message: DeskMessage, mayDouble: boolean): Promise<void> {
    await post(`/api/conversations/${this.id}/messages/${message.id}/retry`, { may_double: mayDouble });
    this.takeMessage({ ...message, state: "queued", attempts: (message.attempts ?? 0) + 1, error: null });
  }
}
