import { Icon } from "../../../kit/icons";
import { useValue } from "../../../kit/state";
import { useWords } from "../words";
import type { Till } from "./till";

/** Kept for later or not: a toggle with a name, never a colour alone. */
export function Heart({ variant, title, till }: { variant: number; title: string; till: Till }) {
  const { t } = useWords();
  const { wishes } = useValue(till);
  const wished = wishes.has(variant);
  return (
    <button
      class="icon-button heart"
      type="button"
      aria-pressed={wished}
      aria-label={t("wish", { title })}
      onClick={() => void till.wish(variant, !wished)}
    >
      <Icon name="heart" />
    </button>
  );
}
