// The desk of one agent: the list, the open conversation, the live stream, and what ties them together.
import { serverNow } from "../../kit/clock";
import { Live, type LiveState } from "../../kit/live";
import { session } from "../account/session";
import { conversationsWithPending } from "../composer/drafts";
import { Replies } from "../composer/replies";
import { Inbox } from "../list/inbox";
import { Choices } from "../notify/choice";
import { Notifier } from "../notify/notifier";
import { Board } from "../supervision/board";
import { Attendance } from "../staff/attendance";
import { Chosen } from "../sorting/chosen";
import { Terms } from "../sorting/terms";
import { Views } from "../sorting/views";
import type { Sorting } from "../sorting/sorting";
import type { Agent, LiveEvent, Note, Person, Row } from "../wire";
import { get, post } from "./api";
import { OpenThread } from "./open-thread";
import { filterQuery } from "../sorting/filter";
import { route } from "./route";
import { Store } from "./store";

const KEPT_THREADS = 50;
const MINUTE_MS = 60_000;

interface Whisper {
  kind: "whisper" | "mention";
  conversation: number;
  note: Note;
}

interface Line {
  state: LiveState;
  /** When the desk last heard from the server. */
  heardAt: number;
}

export class Desk {
  readonly inbox: Inbox;
  readonly open = new Store<{ thread: OpenThread | null }>({ thread: null });
  readonly line = new Store<Line>({ state: { kind: "connecting" }, heardAt: serverNow() });
  readonly terms = new Terms();
  readonly views = new Views();
  readonly chosen = new Chosen();
  readonly replies = new Replies();
  readonly attendance = new Attendance();
  readonly board: Board;
  readonly whispers = new Store<{ heard: readonly Whisper[] }>({ heard: [] });
  readonly team = new Store<{ agents: readonly Person[] }>({ agents: [] });
  readonly choices: Choices;
  private readonly notifier: Notifier;
  private readonly threads = new Map<number, OpenThread>();
  private readonly live: Live<LiveEvent>;
  private readonly stops: (() => void)[] = [];
  private readonly others = new Set<Inbox>();
  private joined = false;

  constructor(readonly agent: Agent) {
    this.inbox = new Inbox(agent.id, () => this.views.refresh());
    this.board = new Board(() => this.follow(), new Inbox(agent.id), new Inbox(agent.id));
    this.choices = new Choices(agent.id);
    this.notifier = new Notifier(agent.id, this.choices, () => this.open.get().thread?.id ?? null);
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    this.live = new Live<LiveEvent>({
      url: `${scheme}://${location.host}/api/desk/live`,
      cursor: null,
      hello: (cursor) => ({ type: "hello", cursor, conversations: this.followed(), board: this.board.watched }),
      onEvents: (events) => this.take(events),
      onRefetch: () => this.refetch(),
      onState: (state) => this.lineChanged(state),
      onNotAuthentic: () => this.sessionEnded(),
    });
  }

  start(): void {
    let { view, only } = route.get();
    const follow = () => {
      const place = route.get();
      const moved = place.view !== view || filterQuery(place.only) !== filterQuery(only);
      if (moved) {
        // Nobody acts on rows that are no longer on the screen.
        this.chosen.keep([]);
        void this.inbox.open((view = place.view), (only = place.only));
      }
      this.show(place.conversation);
    };
    void this.inbox.open(view, only);
    follow();
    const seen = () => this.open.get().thread?.markRead();
    document.addEventListener("visibilitychange", seen);
    const minute = setInterval(() => this.minutePassed(), MINUTE_MS);
    this.stops.push(() => clearInterval(minute));
    this.stops.push(route.listen(follow), () => document.removeEventListener("visibilitychange", seen));
    this.live.start();
    void this.loadTeam();
    void this.attendance.load();
    void this.terms.load();
    void this.views.load();
    void this.replies.load();
    this.sendLeftovers();
  }

  stop(): void {
    this.live.stop();
    for (const stop of this.stops) stop();
  }

  reconnect(): void {
    this.live.now();
  }

  get online(): boolean {
    return this.line.get().state.kind === "live";
  }

  /** Another list that wants the live rows; what is returned ends it. */
  alsoTo(inbox: Inbox): () => void {
    this.others.add(inbox);
    return () => this.others.delete(inbox);
  }

  /** The epoch decides which answer of a verb is newer, so list and thread can take it from either side. */
  rowChanged(row: Row): void {
    this.inbox.take([row]);
    this.threads.get(row.id)?.conversation.putRow(row);
  }

  /** Sorts one conversation: its priority, labels, time to come back, team. */
  async sort(row: Row, deed: Sorting): Promise<void> {
    const answer = await post(`/api/conversations/${row.id}/sort`, { deed, epoch: row.epoch });
    this.rowChanged(answer.conversation);
    // One's own deed is expected to be seen at once, also where the hand holds the order.
    this.inbox.sort(true);
  }

  /** The same for all that are chosen; what is still in the view stays chosen. */
  async sortChosen(deed: Sorting): Promise<{ done: number; refused: number }> {
    const { rows } = this.inbox.store.get();
    const conversations = this.chosen.ids().map((id) => ({ id, epoch: rows.get(id)?.epoch ?? 0 }));
    const answer = await post("/api/conversations/bulk", { conversations, deed });
    for (const row of answer.done) this.rowChanged(row);
    this.inbox.sort(true);
    // What has left the view is no longer chosen; the rest waits for the next deed.
    const here = answer.done.filter((row) => this.inbox.fits(row));
    this.chosen.keep([...here, ...answer.refused].map((one) => one.id));
    return { done: answer.done.length, refused: answer.refused.length };
  }

  private show(id: number | null): void {
    const shown = this.open.get().thread?.id ?? null;
    if (id === shown) return;
    const thread = id === null ? null : this.threadFor(id);
    this.open.set({ thread });
    this.follow();
    void thread?.load();
  }

  private threadFor(id: number): OpenThread {
    const known = this.threads.get(id);
    const row = this.inbox.store.get().rows.get(id) ?? null;
    const thread = known ?? new OpenThread(id, this.agent, row, (changed) => this.rowChanged(changed), () => this.inbox.mentioned());
    this.threads.delete(id);
    this.threads.set(id, thread);
    const [oldest] = this.threads.keys();
    if (this.threads.size > KEPT_THREADS && oldest !== undefined) this.threads.delete(oldest);
    return thread;
  }

  private follow(): void {
    this.live.send({ type: "follow", conversations: this.followed(), board: this.board.watched });
  }

  private followed(): number[] {
    const { thread } = this.open.get();
    return thread ? [thread.id] : [];
  }

  private take(events: readonly LiveEvent[]): void {
    this.line.set({ heardAt: serverNow() });
    const rows = events.flatMap((event) => (event.kind === "row" ? [event.conversation] : []));
    if (rows.length > 0) this.takeRows(rows);
    const { thread } = this.open.get();
    for (const event of events) this.takeOwn(event);
    for (const event of events) if (thread && conversationOf(event) === thread.id) thread.take(event);
  }

  private takeRows(rows: Row[]): void {
    const known = this.inbox.store.get().rows;
    const mine = (row: Row | undefined) => row?.assignee?.id === this.agent.id;
    this.notifier.take(rows, known);
    if (rows.some((row) => mine(row) || mine(known.get(row.id)))) this.attendance.loadSoon();
    this.inbox.take(rows);
    this.board.rows(rows);
    for (const other of this.others) other.take(rows);
  }

  /** What is about the agent or the shop, and no conversation's. */
  private takeOwn(event: LiveEvent): void {
    if (event.kind === "board") this.board.take(event);
    if (event.kind === "attendance") this.attendance.heard(event.agent, event.status);
    if (event.kind === "mention") this.mentioned(event.conversation, event.note);
    if ((event.kind === "whisper" || event.kind === "mention") && !this.whispers.get().heard.some((one) => one.note.id === event.note.id))
      this.whispers.set({ heard: [...this.whispers.get().heard, event] });
  }

  /** Looked at where it stands, it is no news. */
  private mentioned(conversation: number, note: Note): void {
    const { thread } = this.open.get();
    if (thread?.id === conversation) thread.wasMentioned();
    this.inbox.mentioned();
    this.notifier.mentioned(conversation, note);
  }

  /** What comes due soon does so without an event. */
  private minutePassed(): void {
    if (this.inbox.store.get().view === "late" && document.visibilityState === "visible") void this.inbox.load();
  }

  /** The stream has lost its place: the list and the open conversation are read anew. */
  private async refetch(): Promise<void> {
    this.board.refetch();
    void this.attendance.load();
    await Promise.all([this.inbox.load(), this.open.get().thread?.load()]);
    this.line.set({ heardAt: serverNow() });
  }

  private lineChanged(state: LiveState): void {
    const was = this.line.get().state.kind;
    this.line.set(state.kind === "live" ? { state, heardAt: serverNow() } : { state });
    if (state.kind === "live" && was !== "live") {
      void this.open.get().thread?.pending.run();
      this.sendLeftovers();
      if (!this.joined) this.firstJoined();
      else if (this.inbox.store.get().phase === "failed") void this.inbox.load();
    }
  }

  /** What was loaded before the stream began may lack what happened in between: it is read once more. */
  private firstJoined(): void {
    this.joined = true;
    void this.refetch();
  }

  /** Replies left behind in other conversations, by a reload or a lost connection, still go out. */
  private sendLeftovers(): void {
    const shown = this.open.get().thread?.id;
    for (const id of conversationsWithPending(this.agent.id)) {
      if (id === shown) continue;
      const sends = this.threads.get(id)?.pending ?? this.threadFor(id).pending;
      void sends.run();
    }
  }

  private async sessionEnded(): Promise<boolean> {
    await get("/api/auth/me").catch(() => undefined);
    return session.get().phase === "in";
  }

  private async loadTeam(): Promise<void> {
    const answer = await get("/api/agents").catch(() => null);
    if (answer) this.team.set({ agents: answer.agents });
  }
}

/** Null for what is of no conversation on the screen. */
function conversationOf(event: LiveEvent): number | null {
  if (event.kind === "board" || event.kind === "attendance" || event.kind === "whisper" || event.kind === "mention") return null;
  if (event.kind === "row") return event.conversation.id;
  return event.kind === "message" ? event.message.conversation : event.conversation;
}
