// How many: minus, the number, plus. The number is announced when it changes.
import { Icon } from "../../../kit/icons";
import { useWords } from "../words";

interface Props {
  /** Of what, for readers of the buttons. */
  name: string;
  count: number;
  least: number;
  most: number;
  busy?: boolean;
  onChange: (count: number) => void;
}

export function Stepper({ name, count, least, most, busy, onChange }: Props) {
  const { t } = useWords();
  return (
    <div class="stepper" role="group" aria-label={t("quantityOf", { name })}>
      <Step icon="minus" label={t("oneLess")} off={count <= least || busy} onClick={() => onChange(count - 1)} />
      <span class="figures" aria-live="polite">
        {count}
      </span>
      <Step icon="plus" label={t("oneMore")} off={count >= most || busy} onClick={() => onChange(count + 1)} />
    </div>
  );
}

interface StepProps {
  icon: "minus" | "plus";
  label: string;
  off: boolean | undefined;
  onClick: () => void;
}

/** Stays focusable while it cannot be pressed: the focus must not be lost at the last piece. */
function Step({ icon, label, off, onClick }: StepProps) {
  return (
    <button type="button" aria-label={label} aria-disabled={off ? "true" : undefined} onClick={() => !off && onClick()}>
      <Icon name={icon} />
    </button>
  );
}
