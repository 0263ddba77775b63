import { useHug } from "../hug";
import { Icon } from "../../../kit/icons";
import { withLinks } from "../links";
import { useWords } from "../words";

interface Props {
  text: string;
  state?: "sending" | "queued" | "failed";
  /** The record or article the words were taken from. */
  source?: string | null;
}

export function Bubble({ text, state, source }: Props) {
  const { t } = useWords();
  const ref = useHug(text);
  return (
    <p ref={ref} class="bubble" data-hug="" data-state={state}>
      {withLinks(text)}
      {source && (
        <small class="source">
          <Icon name="book" size={14} />
          <span>{t("source", { source })}</span>
        </small>
      )}
    </p>
  );
}
