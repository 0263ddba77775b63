// A long thread in stretches of a few messages: what did not change is the same object, and is not drawn again.
import type { DeskMessage, Happening, Note } from "../wire";
import { type Item, itemsOf } from "./timeline";

/** Messages a stretch: few enough to be drawn without a pause that is felt. */
export const STRETCH = 25;

export interface Stretch {
  /** Counts from the conversation's first message, so it stays whatever is loaded above. */
  number: number;
  /** How many messages it holds: its height before it is drawn. */
  count: number;
  items: readonly Item[];
}

/** Which stretch a message, or what happened after it, lies in. */
export const stretchOf = (seq: number): number => Math.floor((Math.max(seq, 1) - 1) / STRETCH);

interface Made {
  messages: DeskMessage[];
  notes: Note[];
  happenings: Happening[];
  dayBefore: string;
  day: string;
  stretch: Stretch;
}

export class Stretches {
  private made = new Map<number, Made>();

  constructor(private readonly dayOf: (at: string) => string) {}

  /** Everything that belongs to the messages given, in the order of the server. */
  of(messages: readonly DeskMessage[], notes: readonly Note[], happenings: readonly Happening[]): Stretch[] {
    const oldest = messages[0]?.seq ?? 0;
    const first = stretchOf(oldest);
    const parts = new Map<number, Pick<Made, "messages" | "notes" | "happenings">>();
    const part = (seq: number) => {
      const number = Math.max(stretchOf(seq), first);
      const known = parts.get(number) ?? { messages: [], notes: [], happenings: [] };
      parts.set(number, known);
      return known;
    };
    for (const message of messages) part(message.seq).messages.push(message);
    for (const note of notes) if (note.after_seq >= oldest - 1) part(note.after_seq).notes.push(note);
    for (const happening of happenings)
      if (happening.after_seq >= oldest - 1) part(happening.after_seq).happenings.push(happening);
    return this.assembled([...parts].sort(([one], [other]) => one - other));
  }

  private assembled(parts: [number, Pick<Made, "messages" | "notes" | "happenings">][]): Stretch[] {
    const made = new Map<number, Made>();
    let day = "";
    for (const [number, part] of parts) {
      const known = this.made.get(number);
      const kept = known && known.dayBefore === day && same(known, part) ? known : this.make(number, part, day);
      made.set(number, kept);
      day = kept.day;
    }
    this.made = made;
    return [...made.values()].map((one) => one.stretch);
  }

  private make(number: number, part: Pick<Made, "messages" | "notes" | "happenings">, dayBefore: string): Made {
    const { items, day } = itemsOf(part.messages, part.notes, part.happenings, this.dayOf, dayBefore);
    return { ...part, dayBefore, day, stretch: { number, count: part.messages.length, items } };
  }
}

function same(known: Made, part: Pick<Made, "messages" | "notes" | "happenings">): boolean {
  return equal(known.messages, part.messages) && equal(known.notes, part.notes) && equal(known.happenings, part.happenings);
}

function equal<Thing>(one: readonly Thing[], other: readonly Thing[]): boolean {
  return one.length === other.length && one.every((thing, index) => thing === other[index]);
}
