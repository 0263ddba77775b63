// Where an order is: the state first, then the steps. Only what the records and the carrier say.
import { Icon } from "../../../../kit/icons";
import type { OrderStatus } from "../../../../kit/types";
import { useWords } from "../../words";
import { LinkRow } from "./LinkCard";

export function OrderCard({ order }: { order: OrderStatus }) {
  const { t } = useWords();
  const { steps = [], step_index: reached = 0 } = order;
  const parcel = [order.carrier, order.tracking_number].filter(Boolean).join(" ");
  return (
    <section class="card order">
      <header>
        <h2 class="order-promise">{order.status}</h2>
        <p class="figures">{t("orderNumber", { number: order.number })}</p>
        {parcel && <p class="figures">{parcel}</p>}
      </header>
      {steps.length > 0 && (
        <ol class="steps">
          {steps.map((label, at) => (
            <StepView key={label} label={label} state={stateOf(at, reached, steps.length)} />
          ))}
        </ol>
      )}
      <LinkRow url={order.url} text={t("track")} />
    </section>
  );
}

type State = "done" | "now" | "coming";

/** An order that has reached its last step has nothing before it any more. */
function stateOf(at: number, reached: number, steps: number): State {
  if (at < reached || (at === reached && reached === steps - 1)) return "done";
  return at === reached ? "now" : "coming";
}

function StepView({ label, state }: { label: string; state: State }) {
  const { t } = useWords();
  const words = { done: t("stepDone"), now: t("stepNow"), coming: t("stepComing") }[state];
  return (
    <li data-step={state} aria-current={state === "now" ? "step" : undefined}>
      <span class="step-mark">{state === "done" && <Icon name="check" size={14} />}</span>
      <span class="step-label">
        {label}
        <span class="unseen"> {words}</span>
      </span>
    </li>
  );
}
