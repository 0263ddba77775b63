// The same frames as the socket's, asked for one by one.
import { ApiError } from "./api";
import { Backoff } from "./backoff";
import type { LiveState } from "./live";
import type { Cursor, EventsFrame } from "./types";

export interface PollOptions<E> {
  signal: AbortSignal;
  ask: (signal: AbortSignal) => Promise<EventsFrame<E> | { type: "refetch"; cursor: Cursor }>;
  /** Resolves when the frame is taken in, so that the next question carries its cursor. */
  take: (frame: EventsFrame<E> | { type: "refetch"; cursor: Cursor }) => Promise<void>;
  onState: (state: LiveState) => void;
  onNotAuthentic: () => Promise<boolean>;
}

export async function pollFor<E>(options: PollOptions<E>): Promise<void> {
  const backoff = new Backoff();
  while (!options.signal.aborted) {
    try {
      const frame = await options.ask(options.signal);
      if (options.signal.aborted) return;
      backoff.reset();
      options.onState({ kind: "polling" });
      await options.take(frame);
    } catch (error) {
      if (options.signal.aborted) return;
      const refused = error instanceof ApiError && error.status === 401;
      if (refused && (await options.onNotAuthentic().catch(() => false)) && backoff.first) {
        backoff.next(false);
        continue;
      }
      const ms = backoff.next(refused);
      options.onState({ kind: "waiting", retryAt: Date.now() + ms });
      await pause(ms, options.signal);
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
