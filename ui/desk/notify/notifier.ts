// Tells an agent what happened where they are not looking, in the way they chose.
import { go } from "../state/route";
import { closeSettings, settingsPlace } from "../settings/place";
import type { Row } from "../wire";
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

  private looksAt(id: number): boolean {
    return document.visibilityState === "visible" && document.hasFocus() && this.shown() === id && !settingsPlace.get().open;
  }
}

function show(news: News, row: Row, text: boolean): void {
  if (!("Notification" in window) || Notification.permission !== "granted") return;
  const t = wordsNow();
  const notice = new Notification(t(`notify.${news}`, { name: nameOf(t, row.customer) }), {
    body: text ? row.preview : "",
    // The same news of several tabs is one notice.
    tag: `kaiwa-${row.id}-${news}-${row.last_seq}`,
  });
  notice.onclick = () => {
    window.focus();
    if (settingsPlace.get().open) closeSettings();
    go({ conversation: row.id, query: null });
    notice.close();
  };
}
