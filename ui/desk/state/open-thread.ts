// Everything about the conversation on the screen: what the server knows, what is being written, what is on its way.
import { Draft } from "../composer/draft";
import { People } from "../customer/people";
import { Shopping } from "../customer/shopping";
import { Conversation, type Verb } from "../thread/conversation";
import { EarlierTalks } from "../thread/earlier-talks";
import { type Outcome, PendingSends } from "../thread/pending";
import type { Agent, DeskMessage, LiveEvent, Row } from "../wire";
import { post } from "./api";
import { Store } from "./store";

/** Somebody was faster: the draft waits until the agent has looked. */
export interface Conflict {
  name: string | null;
  kind: "replied" | "changed";
  seq: number | null;
}

const TYPING_EVERY_MS = 3000;

export class OpenThread {
  readonly conversation: Conversation;
  readonly pending: PendingSends;
  readonly draft: Draft;
  readonly shopping: Shopping;
  readonly people: People;
  readonly earlier = new EarlierTalks();
  readonly conflict = new Store<{ conflict: Conflict | null }>({ conflict: null });
  private readUpTo = 0;
  private typedAt = 0;

  constructor(
    readonly id: number,
    private readonly agent: Agent,
    known: Row | null,
    private readonly onRow: (row: Row) => void,
    private readonly onLookedAt: () => void = () => {},
  ) {
    this.conversation = new Conversation(id, known);
    this.pending = new PendingSends(agent.id, id, (outcome) => this.settle(outcome));
    this.draft = new Draft(agent.id, id);
    this.shopping = new Shopping(id);
    this.people = new People(id);
  }

  async load(): Promise<void> {
    await this.conversation.load();
    const { messages, notes } = this.conversation.store.get();
    this.pending.settle([...messages, ...notes]);
    void this.pending.run();
    this.markRead();
  }

  /** Takes over, hands back, closes or reopens. */
  act(verb: Verb): Promise<Row> {
    const epoch = this.conversation.store.get().row?.epoch ?? 0;
    const done = this.conversation.act(verb);
    return verb === "take" ? this.pending.after(done, epoch) : done;
  }

  take(event: LiveEvent): void {
    if (event.kind === "presence") event = { ...event, agents: event.agents.filter((one) => one.id !== this.agent.id) };
    if (event.kind === "typing" && event.sender === "agent" && event.name === this.agent.name) return;
    if (event.kind === "message") {
      this.pending.settle([event.message]);
      this.noticeColleague(event.message);
    }
    if (event.kind === "note") this.pending.settle([event.note]);
    this.conversation.take(event);
    if (event.kind === "message") this.markRead();
  }

  /** A colleague's reply lands while this agent is writing one. */
  private noticeColleague(message: DeskMessage): void {
    const last = this.conversation.store.get().messages.at(-1)?.seq ?? 0;
    const theirs = message.sender === "agent" && message.agent !== this.agent.id;
    if (theirs && message.seq > last && this.draft.store.get().reply.trim())
      this.conflict.set({ conflict: { kind: "replied", name: message.name, seq: message.seq } });
  }

  send(channel: string, identity: number | null): void {
    const { mode, reply, note, file, cards } = this.draft.store.get();
    const { row, messages } = this.conversation.store.get();
    const lastSeq = Math.max(row?.last_seq ?? 0, messages.at(-1)?.seq ?? 0);
    const text = (mode === "note" ? note : reply).trim();
    this.pending.add({
      kind: mode, text, file: mode === "reply" ? file : null,
      cards: mode === "reply" ? cards : [], channel, identity, epoch: row?.epoch ?? 0, lastSeq,
    });
    this.draft.clear();
    this.conflict.set({ conflict: null });
  }

  typing(): void {
    if (Date.now() - this.typedAt < TYPING_EVERY_MS) return;
    this.typedAt = Date.now();
    void post(`/api/conversations/${this.id}/typing`).catch(() => undefined);
  }

  /** Read is what was on the screen of an agent who was there. */
  markRead(): void {
    const { messages, phase, row, mentioned } = this.conversation.store.get();
    const seq = messages.at(-1)?.seq ?? 0;
    if (phase !== "ready" || document.hidden) return;
    if (mentioned) return this.seeMention(seq);
    if (seq <= this.readUpTo) return;
    const before = this.readUpTo;
    this.readUpTo = seq;
    if (row?.unread === 0 && before === 0) return;
    void post(`/api/conversations/${this.id}/read`, { seq }).catch(() => (this.readUpTo = before));
  }

  wasMentioned(): void {
    this.conversation.store.set({ mentioned: true });
    this.markRead();
  }

  private seeMention(seq: number): void {
    this.conversation.store.set({ mentioned: false });
    this.readUpTo = Math.max(seq, this.readUpTo);
    const again = () => this.conversation.store.set({ mentioned: true });
    void post(`/api/conversations/${this.id}/read`, { seq }).then(this.onLookedAt, again);
  }

  private settle(outcome: Outcome): void {
    if (outcome.kind === "note")
      return this.conversation.take({ kind: "note", conversation: this.id, note: outcome.note });
    if (outcome.kind === "conflict") return void this.refused(outcome);
    this.conversation.takeMessage(outcome.message);
    this.conversation.putRow(outcome.conversation);
    this.onRow(outcome.conversation);
  }

  private async refused({ pending, conversation }: Outcome & { kind: "conflict" }): Promise<void> {
    this.draft.restore(pending.text, pending.file, pending.cards);
    this.conflict.set({ conflict: { kind: "changed", name: null, seq: null } });
    if (conversation) {
      this.conversation.putRow(conversation);
      this.onRow(conversation);
    }
    await this.conversation.load();
    const others = this.conversation.store.get().messages.filter(
      (one) => one.direction === "out" && one.seq > pending.lastSeq && one.agent !== this.agent.id,
    );
    const reply = others.at(-1);
    if (reply && this.conflict.get().conflict)
      this.conflict.set({ conflict: { kind: "replied", name: reply.name, seq: reply.seq } });
  }
}
