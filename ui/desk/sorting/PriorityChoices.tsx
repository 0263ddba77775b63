import { Glyph } from "../icons";
import { PRIORITIES, type Priority } from "../wire";
import { useWords } from "../words/words";

interface PriorityProps {
  /** Null when several conversations differ. */
  present: Priority | null;
  onChoose: (priority: Priority) => void;
}

export function PriorityChoices({ present, onChoose }: PriorityProps) {
  const t = useWords();
  return (
    <>
      {PRIORITIES.map((one) => (
        <button key={one} type="button" role="menuitemradio" aria-checked={present === one} class="item" onClick={() => onChoose(one)}>
          <PriorityMark priority={one} />
          {t(`desk.priority.${one}`)}
          {present === one && <Glyph name="check" size={16} class="item-end" />}
        </button>
      ))}
    </>
  );
}

/** Form first, colour second: two strokes up, one up, level, one down. */
export function PriorityMark({ priority }: { priority: Priority }) {
  const glyph = ({ urgent: "urgent", high: "up", normal: "minus", low: "down" } as const)[priority];
  const tone = priority === "urgent" ? "tone-shu" : priority === "high" ? "tone-yamabuki" : "quiet";
  return <Glyph name={glyph} size={14} class={tone} />;
}

/** Only what is out of the ordinary is worth a chip. */
export function PriorityChip({ priority }: { priority: Priority }) {
  const t = useWords();
  if (priority === "normal" || priority === "low") return null;
  return (
    <span class={priority === "urgent" ? "chip chip-shu" : "chip chip-yamabuki"}>
      <PriorityMark priority={priority} />
      {t(`desk.priority.${priority}`)}
    </span>
  );
}
