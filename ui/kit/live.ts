// A live connection that can be cut anywhere and goes on without a gap: it keeps the newest cursor, hands
// events on one frame after the other, and falls back to long polling where WebSockets are blocked.
import { Backoff } from "./backoff";
import { pollFor } from "./longpoll";
import type { Cursor, EventsFrame, ServerFrame } from "./types";

export type LiveState =
  | { kind: "connecting" }
  | { kind: "live" }
  | { kind: "polling" }
  | { kind: "waiting"; retryAt: number };

export interface LiveOptions<E> {
  url: string;
  cursor: Cursor | null;
  /** The first frame of every connection. */
  hello: (cursor: Cursor | null) => object;
  onEvents: (events: E[]) => void | Promise<void>;
  /** Changes were missed for good: load the state anew. Events wait until this is done. */
  onRefetch: () => void | Promise<void>;
  onState: (state: LiveState) => void;
  /** The token or the session is no longer valid; true = there is a new one, connect again. */
  onNotAuthentic: () => Promise<boolean>;
  /** Long poll, for networks that block WebSockets. */
  poll?: (cursor: Cursor | null, signal: AbortSignal) => Promise<EventsFrame<E> | { type: "refetch"; cursor: Cursor }>;
  socket?: (url: string) => WebSocket;
}

const PING_MS = 25_000;
const SILENCE_MS = 10_000;
const WELCOME_MS = 10_000;
const BLOCKED_AFTER = 2;
const SOCKET_AGAIN_MS = 60_000;
const NOT_AUTHENTIC = 4401;
const TOO_FAST = 4429;
const RESTART = 1012;

export class Live<E> {
  private cursor: Cursor | null;
  private socket: WebSocket | null = null;
  private welcomed = false;
  private everWelcomed = false;
  private failures = 0;
  private stopped = false;
  private backoff = new Backoff();
  private retry: ReturnType<typeof setTimeout> | undefined;
  private ping: ReturnType<typeof setInterval> | undefined;
  private silence: ReturnType<typeof setTimeout> | undefined;
  private polling: AbortController | null = null;
  /** Frames are handled one after the other, also when handling one needs the network. */
  private line: Promise<void> = Promise.resolve();

  constructor(private readonly options: LiveOptions<E>) {
    this.cursor = options.cursor;
  }

  start(): void {
    globalThis.addEventListener?.("online", this.now);
    globalThis.addEventListener?.("offline", this.away);
    this.connect();
  }

  stop(): void {
    this.stopped = true;
    globalThis.removeEventListener?.("online", this.now);
    globalThis.removeEventListener?.("offline", this.away);
    clearTimeout(this.retry);
    this.polling?.abort();
    this.drop();
  }

  /** Try again at once: the reader asked, or the browser says that the network is back. */
  now = (): void => {
    if (this.stopped || this.welcomed || this.polling) return;
    clearTimeout(this.retry);
    this.drop();
    this.connect();
  };

  /** The browser knows that the network is gone long before the socket does. */
  private away = (): void => {
    if (this.socket && this.welcomed) this.lost(this.socket, 0);
  };

  /** False when there is no connection; the caller keeps what must not be lost. */
  send(frame: object): boolean {
    if (!this.socket || !this.welcomed) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  private connect(): void {
    if (this.stopped) return;
    if (!this.polling) this.options.onState({ kind: "connecting" });
    const socket = (this.options.socket ?? ((url: string) => new WebSocket(url)))(this.options.url);
    this.socket = socket;
    this.silence = setTimeout(() => this.lost(socket, 0), WELCOME_MS);
    socket.onopen = () => socket.send(JSON.stringify(this.options.hello(this.cursor)));
    socket.onmessage = (event) => this.receive(socket, String(event.data));
    socket.onclose = (event) => this.lost(socket, event.code);
  }

  private receive(socket: WebSocket, data: string): void {
    if (socket !== this.socket) return;
    clearTimeout(this.silence);
    const frame = JSON.parse(data) as ServerFrame<E>;
    if (frame.type === "welcome" || frame.type === "refetch") this.welcome(socket);
    this.enqueue(frame);
  }

  private welcome(socket: WebSocket): void {
    this.welcomed = true;
    this.everWelcomed = true;
    this.failures = 0;
    this.backoff.reset();
    this.polling?.abort();
    this.polling = null;
    clearInterval(this.ping);
    this.ping = setInterval(() => {
      this.send({ type: "ping" });
      // A dead connection does not say so; only an unanswered ping tells.
      this.silence = setTimeout(() => this.lost(socket, 0), SILENCE_MS);
    }, PING_MS);
    this.options.onState({ kind: "live" });
  }

  private enqueue(frame: ServerFrame<E>): void {
    this.line = this.line.then(() => this.handle(frame)).catch(() => this.startOver());
  }

  private async handle(frame: ServerFrame<E>): Promise<void> {
    if (this.stopped) return;
    if (frame.type === "refetch") await this.options.onRefetch();
    if (frame.type === "events") await this.options.onEvents(frame.events);
    // Only what was taken in may be skipped the next time.
    if ("cursor" in frame) this.cursor = frame.cursor;
  }

  /** A frame could not be taken in (the refetch failed): connect again from the last good cursor. */
  private startOver(): void {
    if (this.socket) this.lost(this.socket, 0);
  }

  private drop(): void {
    clearInterval(this.ping);
    clearTimeout(this.silence);
    const socket = this.socket;
    this.socket = null;
    this.welcomed = false;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  private lost(socket: WebSocket, code: number): void {
    if (socket !== this.socket || this.stopped) return;
    this.drop();
    if (code === NOT_AUTHENTIC) return void this.renew();
    this.failures += 1;
    const blocked = !this.everWelcomed && this.failures >= BLOCKED_AFTER && this.options.poll;
    if (blocked) this.startPolling();
    if (this.polling) {
      this.retry = setTimeout(() => this.connect(), SOCKET_AGAIN_MS);
      return;
    }
    this.wait(code === RESTART ? this.backoff.soon() : this.backoff.next(code === TOO_FAST));
  }

  private wait(ms: number): void {
    this.options.onState({ kind: "waiting", retryAt: Date.now() + ms });
    this.retry = setTimeout(() => this.connect(), ms);
  }

  private async renew(): Promise<void> {
    const renewed = await this.options.onNotAuthentic().catch(() => false);
    if (this.stopped) return;
    if (renewed && this.backoff.first) this.retry = setTimeout(() => this.connect(), this.backoff.next(false) / 4);
    else this.wait(this.backoff.next(true));
  }

  private startPolling(): void {
    if (this.polling || !this.options.poll) return;
    const control = new AbortController();
    this.polling = control;
    const poll = this.options.poll;
    void pollFor<E>({
      signal: control.signal,
      ask: (signal) => poll(this.cursor, signal),
      take: (frame) => {
        this.enqueue(frame);
        return this.line;
      },
      onState: (state) => this.options.onState(state),
      onNotAuthentic: this.options.onNotAuthentic,
    });
  }
}
