// Which parts of a found text are the words that were looked for.

export interface Part {
  text: string;
  hit: boolean;
}

const BEFORE = 24;
const LENGTH = 120;

const wordsOf = (query: string): string[] =>
  query.trim().split(/\s+/u).filter(Boolean).sort((one, other) => other.length - one.length);

/** Half and full width, capitals and small letters mean the same to the search. */
function folded(text: string): string {
  // One character stays one character, so that places in the folded text are places in the original.
  return [...text].map((one) => (one.normalize("NFKC").toLowerCase() + one).slice(0, one.length)).join("");
}

export function marked(text: string, query: string): Part[] {
  const plain = folded(text);
  const words = wordsOf(query).map(folded);
  const parts: Part[] = [];
  let from = 0;
  let at = 0;
  while (at < text.length) {
    const word = words.find((one) => plain.startsWith(one, at));
    if (!word) {
      at += 1;
      continue;
    }
    if (at > from) parts.push({ text: text.slice(from, at), hit: false });
    parts.push({ text: text.slice(at, at + word.length), hit: true });
    at += word.length;
    from = at;
  }
  if (from < text.length) parts.push({ text: text.slice(from), hit: false });
  return parts;
}

/** The stretch around the first found word, so that it is on the two lines of a hit. */
export function excerpt(text: string, query: string): string {
  const line = text.replace(/\s+/gu, " ");
  const plain = folded(line);
  const places = wordsOf(query).map((word) => plain.indexOf(folded(word))).filter((at) => at >= 0);
  const first = places.length > 0 ? Math.min(...places) : 0;
  const start = first > BEFORE ? first - BEFORE / 2 : 0;
  const end = start + LENGTH;
  return `${start > 0 ? "…" : ""}${line.slice(start, end)}${end < line.length ? "…" : ""}`;
}
