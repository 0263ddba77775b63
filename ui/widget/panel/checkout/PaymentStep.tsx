// How it is paid. What cannot be used for this amount stays and says why.
import { useState } from "preact/hooks";
import { Icon } from "../../../kit/icons";
import { money } from "../../../kit/locale";
import { type At, StepFrame } from "./StepFrame";
import { Main } from "./Main";
import { Sign } from "./Sign";
import type { Checkout, Way } from "./wire";
import { useCheckoutWords } from "./words";

interface Props extends At {
  checkout: Checkout;
}

export function PaymentStep({ controller, purchase, checkout }: Props) {
  const { t, language } = useCheckoutWords();
  const { ways, way } = checkout.payment;
  const [chosen, setChosen] = useState(way);
  const [missing, setMissing] = useState(false);
  const free = checkout.total.amount_minor === 0;
  const send = (event: Event) => {
    event.preventDefault();
    const open = !free && !ways.some((one) => one.id === chosen && !one.refused);
    setMissing(open);
    if (!open) void purchase.tellPayment(free ? null : chosen);
  };
  return (
    <StepFrame
      controller={controller}
      purchase={purchase}
      foot={
        <>
          <p class="buy-due">
            <span>{t("amount")}</span>
            <b class="figures">{money(checkout.total, language)}</b>
          </p>
          <Main purchase={purchase} form="buy-payment">
            {t("toReview")}
          </Main>
        </>
      }
    >
      <form id="buy-payment" class="buy-form" noValidate onSubmit={send}>
        {free && <p>{t("nothingToPay")}</p>}
        {!free && ways.length === 0 && <p class="buy-mistake">{t("noWay")}</p>}
        {!free && ways.length > 0 && (
          <fieldset class="buy-choices" aria-describedby={missing ? "buy-way-missing" : undefined}>
            <legend class="unseen">{t("payment")}</legend>
            <p id="buy-way-missing" class="buy-mistake" role="alert">
              {missing && t("chooseWay")}
            </p>
            {ways.map((one) => (
              <WayChoice key={one.id} way={one} chosen={one.id === chosen} onChoose={() => setChosen(one.id)} />
            ))}
          </fieldset>
        )}
        {ways.some((one) => one.leaves) && (
          <p class="buy-hint buy-safe">
            <Icon name="lock" size={16} />
            {t("safe")}
          </p>
        )}
      </form>
    </StepFrame>
  );
}

function WayChoice({ way, chosen, onChoose }: { way: Way; chosen: boolean; onChoose: () => void }) {
  const { t, language } = useCheckoutWords();
  return (
    <label class="buy-choice" data-refused={way.refused !== ""}>
      <input type="radio" name="way" checked={chosen} disabled={way.refused !== ""} onChange={onChoose} />
      <span>
        <b>
          {way.title} {way.fee && <small class="figures">{t("fee", { amount: money(way.fee, language) })}</small>}
        </b>
        <small>{way.refused || way.note}</small>
      </span>
      <Sign kind={way.kind} />
    </label>
  );
}
