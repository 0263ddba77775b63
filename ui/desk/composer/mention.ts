// Naming a colleague in a note: the same as the server's kaiwa/conversations/mention.py.
import type { Person } from "../wire";

export interface At {
  query: string;
  /** Where the @ stands. */
  from: number;
}

export interface Piece {
  text: string;
  /** A colleague's name with its @. */
  named: boolean;
}

/** What is being looked for with an @ at the caret; not inside of an e-mail address. */
export function atSign(text: string, caret: number): At | null {
  const found = /(^|[^A-Za-z0-9._%+-])@([^@\n]{0,40})$/.exec(text.slice(0, caret));
  const query = found?.[2] ?? "";
  return found ? { query, from: caret - query.length - 1 } : null;
}

/** Colleagues whose name, or a word of it, begins so; nobody once the name is whole and followed by words. */
export function called(people: readonly Person[], query: string, me: number): Person[] {
  const wanted = query.toLocaleLowerCase();
  const begins = (name: string) => name.startsWith(wanted) || name.split(/\s+/).some((word) => word.startsWith(wanted));
  return people.filter((one) => one.id !== me && begins(one.name.toLocaleLowerCase())).slice(0, 8);
}

/** A note in pieces, so that the names in it can be seen. */
export function named(text: string, mentions: readonly Person[]): Piece[] {
  const names = [...new Set(mentions.map((one) => one.name))].sort((one, other) => other.length - one.length);
  if (names.length === 0) return [{ text, named: false }];
  const escaped = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const parts = text.split(new RegExp(`(@(?:${escaped.join("|")}))`, "i"));
  return parts.map((part, at) => ({ text: part, named: at % 2 === 1 })).filter((piece) => piece.text !== "");
}
