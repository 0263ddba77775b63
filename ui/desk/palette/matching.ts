// Which acts fit what was typed, the closest first: words of the title, then how it is read, then other names of it.
import { folded, latin, oneSpelling } from "./romaji";

export interface Findable {
  title: string;
  /** Its reading in kana and other words for it, in both languages. */
  also: string;
}

function rank(one: Findable, word: string): number {
  const title = folded(one.title);
  if (title.startsWith(word)) return 0;
  if (title.includes(word)) return 1;
  const also = folded(one.also);
  if (also.split(" ").some((each) => each.startsWith(word))) return 2;
  if (also.includes(word)) return 3;
  const read = oneSpelling(word);
  // One letter of a reading says too little.
  const told = latin(also);
  if (read.length > 1 && told.split(" ").some((each) => each.startsWith(read))) return 4;
  return read.length > 2 && told.includes(read) ? 5 : 9;
}

/** In the order given where nothing was typed, and among those that fit alike. */
export function fittingActs<One extends Findable>(all: readonly One[], query: string): One[] {
  const words = folded(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...all];
  return all
    .map((one) => ({ one, far: Math.max(...words.map((word) => rank(one, word))) }))
    .filter(({ far }) => far < 9)
    .sort((a, b) => a.far - b.far)
    .map(({ one }) => one);
}
