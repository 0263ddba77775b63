// Bubbles hug their text. Wrapped text leaves its box as wide as allowed; the true width is the text's own range.
// All boxes of a frame are measured together and then written together, so there is one layout, not one each.
import { useLayoutEffect, useRef } from "preact/hooks";

const waiting = new Set<HTMLElement>();

export function useHug(text: string) {
  const ref = useRef<HTMLParagraphElement>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    hug(element);
    return () => void waiting.delete(element);
  }, [text]);
  return ref;
}

export function hugAgain(root: ParentNode): void {
  root.querySelectorAll<HTMLElement>("[data-hug]").forEach(hug);
}

function hug(element: HTMLElement): void {
  if (waiting.size === 0) requestAnimationFrame(fit);
  waiting.add(element);
}

function fit(): void {
  const elements = [...waiting];
  waiting.clear();
  for (const element of elements) element.style.width = "";
  const widths = elements.map(widthOfText);
  elements.forEach((element, at) => {
    const width = widths[at];
    if (width) element.style.width = `${width}px`;
  });
}

/** Of words only: a block inside (the source line) is as wide as the bubble is allowed to be. */
function textLines(element: HTMLElement): DOMRect[] {
  const range = document.createRange();
  const words = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const lines: DOMRect[] = [];
  while (words.nextNode()) {
    range.selectNodeContents(words.currentNode);
    lines.push(...range.getClientRects());
  }
  return lines;
}

function widthOfText(element: HTMLElement): number | null {
  const lines = textLines(element);
  if (lines.length === 0) return null;
  const left = Math.min(...lines.map((line) => line.left));
  const right = Math.max(...lines.map((line) => line.right));
  const style = getComputedStyle(element);
  const around = [style.paddingLeft, style.paddingRight, style.borderLeftWidth, style.borderRightWidth];
  // One pixel more than measured: rounding must never push a word to another line.
  return Math.ceil(right - left) + 1 + around.reduce((sum, part) => sum + Number.parseFloat(part), 0);
}
