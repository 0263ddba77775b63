// Of a long thread only what is near the screen is laid out and painted. What is far keeps its height, its words for
// every kind of reader and its place in a search, and costs nothing when something slips in above it.
import { useEffect, useRef } from "preact/hooks";

const NEAR = "1500px 0px";
const PARTS = ".log-part";

/** `keep` is called when what stands above the reader may have got another height. What is returned is for a new
 *  width: no height is known any more. */
export function useFar(ref: { current: HTMLElement | null }, keep: () => void, changes: unknown[]): () => void {
  const watch = useRef<IntersectionObserver | null>(null);
  const watched = useRef(new WeakSet<Element>());
  useEffect(() => {
    const seen = (entries: IntersectionObserverEntry[]) => {
      entries.forEach(place);
      keep();
    };
    const made = new IntersectionObserver(seen, { root: ref.current, rootMargin: NEAR });
    watch.current = made;
    return () => made.disconnect();
  }, []);
  useEffect(() => {
    for (const part of ref.current?.querySelectorAll(PARTS) ?? []) {
      if (watched.current.has(part)) continue;
      watched.current.add(part);
      watch.current?.observe(part);
    }
  }, changes);
  return () => {
    for (const part of ref.current?.querySelectorAll<HTMLElement>(PARTS) ?? []) {
      comeNear(part.style);
      // Watched anew, it is told anew where it stands.
      watch.current?.unobserve(part);
      watch.current?.observe(part);
    }
  };
}

function place({ target, isIntersecting, boundingClientRect: { height } }: IntersectionObserverEntry): void {
  const { style } = target as HTMLElement;
  if (isIntersecting || height === 0) return comeNear(style);
  style.containIntrinsicBlockSize = `${height}px`;
  style.contentVisibility = "auto";
}

function comeNear(style: CSSStyleDeclaration): void {
  style.contentVisibility = "";
  style.containIntrinsicBlockSize = "";
}
