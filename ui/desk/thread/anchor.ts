// Stays at the end while the reader is there; else what is read stays where it is, whatever changes above it.
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { firstBelow } from "../../kit/seen";

const NEAR_END = 80;

interface Anchor {
  element: HTMLElement;
  top: number;
}

interface Known {
  atEnd: boolean;
  end: string;
  anchor: Anchor | null;
  scrolled: number;
}

export function useAnchor(box: { current: HTMLDivElement | null }, end: string, drawn: unknown) {
  const [away, setAway] = useState<false | "new" | "read">(false);
  const was = useRef<Known>({ atEnd: true, end, anchor: null, scrolled: 0 });
  useLayoutEffect(() => {
    if (!box.current) return;
    hold(box.current, was.current);
    if (end !== was.current.end && !was.current.atEnd) setAway("new");
    was.current.end = end;
  }, [box, end, drawn]);
  // Pictures and folds change heights after the fact, a stretch is drawn late, and the composer grows.
  useEffect(() => {
    const element = box.current;
    const lane = element?.firstElementChild;
    if (!element || !lane) return;
    const size = new ResizeObserver(() => hold(element, was.current));
    size.observe(lane);
    size.observe(element);
    return () => size.disconnect();
  }, [box]);
  const onScroll = () => {
    const element = box.current;
    if (!element) return;
    look(element, was.current);
    const left = leftBelow(element);
    setAway((state) => (was.current.atEnd ? false : state || (left > element.clientHeight ? "read" : false)));
  };
  const toEnd = () => {
    const element = box.current;
    if (element) element.scrollTop = element.scrollHeight;
    if (element) look(element, was.current);
    setAway(false);
  };
  return { away, toEnd, onScroll };
}

function hold(box: HTMLElement, known: Known): void {
  // Somebody went elsewhere and the browser has not told yet: there is where the reader is now.
  if (Math.abs(box.scrollTop - known.scrolled) > 1) return look(box, known);
  if (known.atEnd) box.scrollTop = box.scrollHeight;
  else if (known.anchor) box.scrollTop += topIn(box, standing(known.anchor.element)) - known.anchor.top;
  remember(box, known);
}

/** Where the reader is now, by their own doing. */
function look(box: HTMLElement, known: Known): void {
  known.atEnd = leftBelow(box) < NEAR_END;
  remember(box, known);
}

const leftBelow = (box: HTMLElement): number => box.scrollHeight - box.scrollTop - box.clientHeight;

function remember(box: HTMLElement, known: Known): void {
  const element = known.atEnd ? null : firstSeen(box);
  known.anchor = element && { element, top: topIn(box, element) };
  known.scrolled = box.scrollTop;
}

/** Its group may have been drawn anew by what was loaded above; the message is still called the same. */
function standing(element: HTMLElement): HTMLElement {
  return element.isConnected || !element.id ? element : (document.getElementById(element.id) ?? element);
}

const topIn = (box: HTMLElement, element: HTMLElement): number =>
  element.getBoundingClientRect().top - box.getBoundingClientRect().top;

/** The first message on the screen, else what stands for those that are not drawn. */
function firstSeen(box: HTMLElement): HTMLElement | null {
  const edge = box.getBoundingClientRect().top;
  const stretch = firstBelow(box.querySelectorAll<HTMLElement>(".stretch"), edge);
  return stretch && (firstBelow(stretch.querySelectorAll<HTMLElement>("article"), edge) ?? stretch);
}
