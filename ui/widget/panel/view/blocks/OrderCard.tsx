// Where an order is: the promise first, then the steps. Only what the records and the carrier say.
import { Icon } from "../../../../kit/icons";
import { day, time } from "../../../../kit/locale";
import type { OrderStatus } from "../../../../kit/types";
import { useWords } from "../../words";
import { LinkRow } from "./LinkCard";

type Step = NonNullable<OrderStatus["steps"]>[number];

export function OrderCard({ order }: { order: OrderStatus }) {
  const { t } = useWords();
  return (
    <section class="card order">
      <header>
        {order.title && <h2>{order.title}</h2>}
        {order.promise && <p class="order-promise">{order.promise}</p>}
        {order.order_number && <p class="figures">{t("orderNumber", { number: order.order_number })}</p>}
      </header>
      <ol class="steps">
        {order.steps?.map((step) => (
          <StepView key={step.label} step={step} />
        ))}
      </ol>
      <LinkRow url={order.tracking_url ?? order.url} text={t("track")} />
    </section>
  );
}

function StepView({ step }: { step: Step }) {
  const { t, language } = useWords();
  const state = step.state ?? "coming";
  const words = { done: t("stepDone"), now: t("stepNow"), coming: t("stepComing") }[state];
  return (
    <li data-step={state} aria-current={state === "now" ? "step" : undefined}>
      <span class="step-mark">{state === "done" && <Icon name="check" size={14} />}</span>
      <span class="step-label">
        {step.label}
        <span class="unseen"> {words}</span>
      </span>
      {step.at && <span class="step-at figures">{`${day(step.at, language)} ${time(step.at, language)}`}</span>}
    </li>
  );
}
