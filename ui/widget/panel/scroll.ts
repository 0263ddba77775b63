// Where the reader is stays where the reader is: at the end the thread follows, anywhere else the line being read
// does not move by a pixel, whatever slips in above it.
import { firstBelow } from "../../kit/seen";
import { useCallback, useLayoutEffect, useRef, useState } from "preact/hooks";

const NEAR_END = 80;
const EARLIER_AT = 600;

export function useReader(onTop: () => void, changes: unknown[]) {
  const ref = useRef<HTMLDivElement>(null);
  const stuck = useRef(true);
  const anchor = useRef<Anchor | null>(null);
  const [atEnd, setAtEnd] = useState(true);

  const remember = useCallback(() => {
    const thread = ref.current;
    if (!thread) return;
    stuck.current = thread.scrollHeight - thread.scrollTop - thread.clientHeight < NEAR_END;
    setAtEnd(stuck.current);
    anchor.current = firstSeen(thread);
    if (thread.scrollTop < EARLIER_AT) onTop();
  }, [onTop]);

  const toEnd = useCallback(() => {
    const thread = ref.current;
    if (!thread) return;
    stuck.current = true;
    setAtEnd(true);
    thread.scrollTop = thread.scrollHeight;
  }, []);

  const keep = useCallback(() => {
    const thread = ref.current;
    if (!thread) return;
    if (stuck.current) thread.scrollTop = thread.scrollHeight;
    else if (anchor.current) thread.scrollTop += moved(thread, anchor.current);
    anchor.current = firstSeen(thread);
  }, []);

  useLayoutEffect(() => {
    const thread = ref.current;
    if (!thread) return;
    keep();
    // What does not fill the thread cannot be scrolled, so what was before it is asked for at once.
    if (thread.clientHeight > 0 && thread.scrollHeight <= thread.clientHeight) onTop();
  }, changes);

  return { ref, atEnd, remember, keep, toEnd, stuck };
}

/** A message by its place, not by its element: what is loaded above may draw its group anew. */
interface Anchor {
  place: string;
  top: number;
}

function moved(thread: HTMLElement, anchor: Anchor): number {
  const element = thread.querySelector(`[data-place="${CSS.escape(anchor.place)}"]`);
  return element ? element.getBoundingClientRect().top - anchor.top : 0;
}

function firstSeen(thread: HTMLElement): Anchor | null {
  const edge = thread.getBoundingClientRect().top;
  // What is far is not looked into: of its insides nothing is known.
  const part = firstBelow(thread.querySelector(".log")!.children, edge);
  const inside = part?.matches("[data-place]") ? [part as HTMLElement] : (part?.querySelectorAll<HTMLElement>("[data-place]") ?? []);
  const element = firstBelow(inside, edge) ?? inside[0];
  if (!element) return null;
  return { place: element.dataset.place!, top: element.getBoundingClientRect().top };
}
