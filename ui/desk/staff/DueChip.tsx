import { Glyph } from "../icons";
import type { Row } from "../wire";
import { exact, useNow } from "../words/time";
import { useLanguage, useWords, wordOr } from "../words/words";
import { dueWords, pressure } from "./due";

const TONES = { far: "due", soon: "due due-soon", over: "due due-over" } as const;

/** Until when, counted down on the screen; nothing where nothing is due. */
export function DueChip({ row }: { row: Row }) {
  const t = useWords();
  const language = useLanguage();
  const now = useNow(10_000);
  if (!row.due || row.status === "closed") return null;
  const kind = wordOr(t, `staff.kind.${row.due.kind}`, row.due.kind);
  const title = `${t("staff.due", { kind })} ${exact(row.due.at, language)}`;
  return (
    <span class={`${TONES[pressure(row.due, now)]} figures`} title={title}>
      <Glyph name="clock" size={12} />
      <span class="unseen">{kind} </span>
      {dueWords(t, row.due, now)}
    </span>
  );
}
