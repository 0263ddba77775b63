// Blanks in a saved reply, {{order.number}}: the same as the server's kaiwa/desk/blank.py.

const BLANK = /\{\{\s*([A-Za-z_]+(?:\.[A-Za-z_]+)+)\s*\}\}/g;

export type Facts = Readonly<Record<string, string>>;
export interface Piece {
  text: string;
  /** The blank this piece stands for; null for plain words. */
  blank: string | null;
  known: boolean;
}

export function blanksIn(text: string): string[] {
  return [...new Set([...text.matchAll(BLANK)].map((found) => found[1] as string))];
}

export function filled(text: string, facts: Facts): string {
  return text.replace(BLANK, (whole, name: string) => facts[name] || whole);
}

/** The text in pieces, so that what comes from records can be shown as such. */
export function pieces(text: string, facts: Facts): Piece[] {
  const found: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(BLANK)) {
    const name = match[1] as string;
    if (match.index > end) found.push({ text: text.slice(end, match.index), blank: null, known: true });
    const value = facts[name];
    found.push({ text: value || name, blank: name, known: Boolean(value) });
    end = match.index + match[0].length;
  }
  if (end < text.length) found.push({ text: text.slice(end), blank: null, known: true });
  return found;
}

/** What is being looked for with a slash at the caret: its words and where the slash stands. Null when there is none. */
export function slashAt(text: string, caret: number): { query: string; from: number } | null {
  const found = /(^|\s)\/([^\s/]*)$/.exec(text.slice(0, caret));
  return found ? { query: found[2] ?? "", from: caret - (found[2] ?? "").length - 1 } : null;
}
