// Replies and notes of this browser that the server has not answered for. The client-made id is what makes a
// second try harmless, so a send is repeated with the same id until there is an answer, also after a reload.
import { serverNow } from "../../kit/clock";
import { ApiError } from "../../kit/api";
import { newClientId } from "../../kit/ids";
import type { Uploaded } from "../../kit/upload";
import type { ChosenCard } from "../composer/cards";
import { readPending, savePending } from "../composer/drafts";
import { post } from "../state/api";
import { Store } from "../state/store";
import { stillPending } from "./pending-left";
import type { DeskMessage, Note, Row } from "../wire";

export interface Pending {
  clientId: string;
  conversation: number;
  kind: "reply" | "note";
  text: string;
  file: Uploaded | null;
  /** Absent in what an older version of this page left behind. */
  cards?: readonly ChosenCard[];
  channel: string;
  identity: number | null;
  /** What the agent had seen when the reply was written: the server refuses it if somebody was faster. */
  epoch: number;
  lastSeq: number;
  at: string;
  state: "sending" | "waiting" | "refused";
  /** Why it was refused, in the server's words. */
  words: string | null;
}

export type Outcome =
  | { kind: "message"; message: DeskMessage; conversation: Row }
  | { kind: "note"; note: Note; conversation: number }
  | { kind: "conflict"; pending: Pending; conversation: Row | null };

export class PendingSends {
  readonly store: Store<{ items: readonly Pending[] }>;
  private busy = false;
  private taking: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly agent: number,
    readonly conversation: number,
    private readonly onOutcome: (outcome: Outcome) => void,
  ) {
    const items = readPending(agent, conversation).map((one) => (one.state === "sending" ? { ...one, state: "waiting" as const } : one));
    this.store = new Store<{ items: readonly Pending[] }>({ items });
  }

  add(draft: Omit<Pending, "clientId" | "conversation" | "at" | "state" | "words">): void {
    const pending: Pending = {
      ...draft, clientId: newClientId(), conversation: this.conversation, at: new Date(serverNow()).toISOString(),
      state: "waiting", words: null,
    };
    this.put([...this.store.get().items, pending]);
    void this.run();
  }

  withdraw(clientId: string): Pending | undefined {
    const found = this.store.get().items.find((one) => one.clientId === clientId);
    this.put(this.store.get().items.filter((one) => one.clientId !== clientId));
    return found;
  }

  again(clientId: string): void {
    this.change(clientId, { state: "waiting", words: null });
    void this.run();
  }

  /** What the server has by now is no longer pending: nothing stands twice. */
  settle(known: readonly (DeskMessage | Note)[]): void {
    const kept = stillPending(this.store.get().items, known);
    if (kept.length < this.store.get().items.length) this.put(kept);
  }

  /** What is written while the agent takes the conversation over goes once that is done, and may. */
  async after(taking: Promise<Row>, epoch: number): Promise<Row> {
    this.taking = taking.catch(() => undefined);
    const row = await taking;
    const items = this.store.get().items.map((one) =>
      one.kind === "reply" && one.epoch === epoch ? { ...one, epoch: row.epoch } : one,
    );
    this.put(items);
    return row;
  }

  /** Sends what waits, oldest first and one at a time, so that replies keep their order. */
  async run(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      for (let next = await this.nextWaiting(); next; next = await this.nextWaiting()) if (!(await this.send(next))) break;
    } finally {
      this.busy = false;
    }
  }

  private async nextWaiting(): Promise<Pending | undefined> {
    await this.taking;
    return this.store.get().items.find((one) => one.state === "waiting");
  }

  private async send(pending: Pending): Promise<boolean> {
    this.change(pending.clientId, { state: "sending" });
    try {
      const outcome = await deliver(pending);
      this.withdraw(pending.clientId);
      this.onOutcome(outcome);
      if (outcome.kind === "message") this.followOn(pending, outcome.conversation);
      return true;
    } catch (problem) {
      return this.failed(pending, problem as ApiError);
    }
  }

  /** Replies written right after this one had seen all but this one, so it must not count against them. */
  private followOn(sent: Pending, row: Row): void {
    const items = this.store.get().items.map((one) =>
      one.kind === "reply" && one.epoch === sent.epoch && one.lastSeq === sent.lastSeq
        ? { ...one, epoch: row.epoch, lastSeq: row.last_seq }
        : one,
    );
    this.put(items);
  }

  private failed(pending: Pending, problem: ApiError): boolean {
    if (problem.status === 409 && problem.code === "conflict") {
      this.withdraw(pending.clientId);
      this.onOutcome({ kind: "conflict", pending, conversation: (problem.detail.conversation as Row) ?? null });
      return true;
    }
    const keeps = problem.passing || problem.status === 401 || problem.status === undefined;
    this.change(pending.clientId, keeps ? { state: "waiting" } : { state: "refused", words: problem.message });
    return !keeps;
  }

  private change(clientId: string, patch: Partial<Pending>): void {
    this.put(this.store.get().items.map((one) => (one.clientId === clientId ? { ...one, ...patch } : one)));
  }

  private put(items: readonly Pending[]): void {
    const { items: before } = this.store.get();
    this.store.set({ items });
    savePending(this.agent, this.conversation, items, before);
  }
}

async function deliver(pending: Pending): Promise<Outcome> {
  const path = `/api/conversations/${pending.conversation}` as const;
  if (pending.kind === "note") {
    const note = await post(`${path}/notes`, { client_id: pending.clientId, text: pending.text });
    return { kind: "note", note, conversation: pending.conversation };
  }
  const answer = await post(`${path}/messages`, {
    client_id: pending.clientId,
    text: pending.text,
    file: pending.file?.file ?? null,
    identity: pending.identity,
    cards: (pending.cards ?? []).map((one) => one.card),
    epoch: pending.epoch,
    last_seq: pending.lastSeq,
  });
  return { kind: "message", ...answer };
}
