// How far it is, in words and dashes.
import { STEPS, type StepName } from "./wire";
import { useCheckoutWords } from "./words";

export function Progress({ step }: { step: StepName }) {
  const { t } = useCheckoutWords();
  const now = STEPS.indexOf(step);
  return (
    <ol class="buy-steps" aria-label={t("steps")}>
      {STEPS.map((name, at) => (
        <li key={name} data-reached={at <= now} aria-current={at === now ? "step" : undefined}>
          {t(name)}
          {at < now && <span class="unseen"> {t("stepDone")}</span>}
        </li>
      ))}
    </ol>
  );
}
