// Where a reader is in a long scrolling thread.

/** The first of elements, which stand one below the other, that reaches below the edge: few are measured. */
export function firstBelow<One extends Element>(elements: ArrayLike<One>, edge: number): One | null {
  let from = 0;
  let to = elements.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (elements[middle]!.getBoundingClientRect().bottom > edge) to = middle;
    else from = middle + 1;
  }
  return elements[from] ?? null;
}
