// A stretch of a thread: drawn when it comes near the window, and only again when something in it changed.
import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useReducer, useRef } from "preact/hooks";
import type { Item } from "./timeline";
import type { Stretch } from "./stretches";

/** About what a message is high, for those that nobody has come near to. */
const MESSAGE_HEIGHT = 56;
const NEAR = "800px 0px";

interface Props {
  stretch: Stretch;
  /** Wanted at once: it is where the reader is. */
  near: boolean;
  draw: (item: Item) => ComponentChildren;
}

export function StretchView({ stretch, near, draw }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  // Once drawn it stays: what was read can be found, marked and heard again.
  const drawn = useRef(false);
  drawn.current ||= near;
  const waiting = !drawn.current;
  useEffect(() => {
    const element = box.current;
    if (!waiting || !element) return;
    const watch = new IntersectionObserver(
      (seen) => {
        if (!seen.some((one) => one.isIntersecting)) return;
        watch.disconnect();
        inTurn(() => {
          drawn.current = true;
          redraw(undefined as never);
        });
      },
      { root: element.closest(".thread"), rootMargin: NEAR },
    );
    watch.observe(element);
    return () => watch.disconnect();
  }, [waiting]);
  // The same element again is passed over as a whole.
  return useMemo(
    () => (
      <div class="stretch" ref={box} style={waiting ? { height: `${stretch.count * MESSAGE_HEIGHT}px` } : undefined}>
        {!waiting && stretch.items.map(draw)}
      </div>
    ),
    [stretch, waiting, draw],
  );
}

const turns: (() => void)[] = [];

/** One a frame: a jump into the middle comes near to several at once. */
function inTurn(draw: () => void): void {
  turns.push(draw);
  if (turns.length === 1) requestAnimationFrame(nextTurn);
}

function nextTurn(): void {
  turns[0]?.();
  turns.shift();
  if (turns.length > 0) requestAnimationFrame(nextTurn);
}

/** Which stretches are wanted at once: the newest, and the one that comes next to what is there. */
export function useNear(stretches: readonly Stretch[], chosen: number | null): (number: number) => boolean {
  const known = useRef<{ first: number; last: number } | null>(null);
  const { current } = known;
  const first = stretches[0]?.number ?? 0;
  const last = stretches.at(-1)?.number ?? 0;
  useEffect(() => {
    known.current = { first, last };
  }, [first, last]);
  return (number) => {
    if (number === chosen) return true;
    return current ? number === current.first - 1 || number > current.last : number >= last - 1;
  };
}
