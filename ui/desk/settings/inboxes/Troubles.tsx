// What the provider says is wrong, and what can wait.
import { Glyph } from "../../icons";
import { useLanguage, useWords } from "../../words/words";
import type { Trouble } from "./inboxes";

interface TroublesProps {
  troubles: readonly Trouble[] | null;
  /** Said when nothing is wrong. */
  well: string;
}

export function Troubles({ troubles, well }: TroublesProps) {
  const t = useWords();
  const own = useLanguage();
  return (
    <div role="status" class="lines-of-troubles">
      {troubles !== null && troubles.length === 0 && (
        <p class="notice notice-well">
          <Glyph name="check" size={16} />
          <span class="notice-words">{well}</span>
        </p>
      )}
      {troubles?.map((one) => (
        <p key={one.en} class={one.stops ? "notice notice-shu" : "notice notice-wait"}>
          <Glyph name={one.stops ? "alert" : "clock"} size={16} />
          <span class="notice-words">
            <b>{t(one.stops ? "inboxes.stops" : "inboxes.later")}</b>
            <span>{one[own]}</span>
          </span>
        </p>
      ))}
    </div>
  );
}
