// Tells an agent what happened where they are not looking, in the way they chose.
import { go } from "../state/route";
import { closeSettings, settingsPlace } from "../settings/place";
import type { Note, Row } from "../wire";
import { wordsNow, nameOf } from "../words/words";
import type { Choices } from "./choice";
import { type News, newsOf } from "./news";
import { ring } from "./sound";

export class Notifier {
  constructor(
    private readonly me: number,
    private readonly choices: Choices,
    /** The conversation on the screen. */
    private readonly shown: () => number | null,
  ) {}

  /** Called with rows of the stream before they are taken over; `known` are those of before. */
  take(rows: readonly Row[], known: ReadonlyMap<number, Row>): void {
    const { about, notice, sound, text } = this.choices.store.get();
    if (!notice && !sound) return;
    for (const row of rows) {
      const news = newsOf(known.get(row.id), row, this.me);
      if (!news || !about[news] || this.looksAt(row.id)) continue;
      if (sound) ring();
      if (notice) show(news, row, text);
    }
  }

  /** A colleague named this agent in a note. */
  mentioned(conversation: number, note: Note): void {
    const { about, notice, sound, text } = this.choices.store.get();
    if (!about.mention || this.looksAt(conversation)) return;
    if (sound) ring();
    const words = wordsNow()("mention.heard", { name: note.agent?.name ?? "" });
    if (notice) put(words, text ? note.text : "", `kaiwa-note-${note.id}`, conversation);
  }

  private looksAt(id: number): boolean {
    return document.visibilityState === "visible" && document.hasFocus() && this.shown() === id && !settingsPlace.get().open;
  }
}

function show(news: News, row: Row, text: boolean): void {
  const t = wordsNow();
  if (news === "mention") return;
  put(t(`notify.${news}`, { name: nameOf(t, row.customer) }), text ? row.preview : "", `kaiwa-${row.id}-${news}-${row.last_seq}`, row.id);
}

/** The same news of several tabs has one tag, and is one notice. */
function put(title: string, body: string, tag: string, conversation: number): void {
  if (!("Notification" in window) || Notification.permission !== "granted") return;
  const notice = new Notification(title, { body, tag });
  notice.onclick = () => {
    window.focus();
    if (settingsPlace.get().open) closeSettings();
    go({ conversation, query: null });
    notice.close();
  };
}
