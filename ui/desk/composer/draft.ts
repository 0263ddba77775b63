// What the agent is writing in one conversation: the reply, the note, the file, and where the reply goes.
import type { Uploaded } from "../../kit/upload";
import { Store } from "../state/store";
import { type ChosenCard, withCards } from "./cards";
import { followDraft, type Mode, readDraft, saveDraft } from "./drafts";

interface Writing {
  mode: Mode;
  reply: string;
  note: string;
  saved: boolean;
  file: Uploaded | null;
  cards: readonly ChosenCard[];
  /** Null: the best address, chosen anew when the routes change. */
  identity: number | null;
}

export class Draft {
  readonly store: Store<Writing>;

  constructor(
    private readonly agent: number,
    private readonly conversation: number,
  ) {
    const reply = readDraft(agent, conversation, "reply");
    const note = readDraft(agent, conversation, "note");
    this.store = new Store<Writing>({ mode: "reply", reply, note, saved: Boolean(reply), file: null, cards: [], identity: null });
    for (const mode of ["reply", "note"] as const)
      followDraft(agent, conversation, mode, (text) => this.store.set({ [mode]: text, saved: Boolean(text) }));
  }

  write(text: string): void {
    const { mode } = this.store.get();
    this.store.set({ [mode]: text, saved: false });
    saveDraft(this.agent, this.conversation, mode, text, () => this.store.set({ saved: Boolean(text) }));
  }

  turn(mode: Mode): void {
    this.store.set({ mode });
  }

  /** Gives back what could not be sent, before anything written since. */
  restore(text: string, file: Uploaded | null, cards: readonly ChosenCard[] = []): void {
    const { reply } = this.store.get();
    const { file: present, cards: chosen } = this.store.get();
    this.store.set({ mode: "reply", file: file ?? present, cards: withCards(cards, chosen) });
    this.write([text, reply].filter(Boolean).join("\n"));
  }

  clear(): void {
    this.write("");
    if (this.store.get().mode === "reply") this.store.set({ file: null, cards: [] });
  }
}
