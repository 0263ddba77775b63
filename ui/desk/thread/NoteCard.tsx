import { named } from "../composer/mention";
import { Glyph } from "../icons";
import type { Note } from "../wire";
import { exact, hour } from "../words/time";
import { useLanguage, useWords } from "../words/words";

/** Written for colleagues only: never on the customer's side, in colour, shape or word. */
export function NoteCard({ note }: { note: Note }) {
  const t = useWords();
  const language = useLanguage();
  const name = note.agent?.name ?? t("desk.note.bot");
  const label = note.to ? t("staff.whisper.by", { name, to: note.to.name }) : t("desk.note.by", { name });
  return (
    <article class="note" aria-label={label}>
      <Glyph name="lock" size={14} />
      <p class="note-text">{named(note.text, note.mentions ?? []).map((piece, at) => (piece.named ? <b key={at} class="fact-chip">{piece.text}</b> : piece.text))}</p>
      <p class="note-by figures">
        {note.to ? label : name} <time dateTime={note.at} title={exact(note.at, language)}>{hour(note.at, language)}</time>
      </p>
    </article>
  );
}
