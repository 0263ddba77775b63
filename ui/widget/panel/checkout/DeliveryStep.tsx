// How and when it comes, and as a gift: only what the carrier and the shop offer.
import { useState } from "preact/hooks";
import { Icon } from "../../../kit/icons";
import { date, money } from "../../../kit/locale";
import { type At, StepFrame } from "./StepFrame";
import { Days } from "./Days";
import { Gift } from "./Gift";
import { Main } from "./Main";
import type { Checkout, Sending } from "./wire";
import { useCheckoutWords } from "./words";

interface Props extends At {
  checkout: Checkout;
}

export function DeliveryStep({ controller, purchase, checkout }: Props) {
  const { t, language } = useCheckoutWords();
  const said = checkout.delivery;
  const [rate, setRate] = useState(said.rate);
  const [day, setDay] = useState(said.day ?? "");
  const [slot, setSlot] = useState(said.slot ?? "");
  const [gift, setGift] = useState({ wrap: said.wrap ?? "", message: said.message });
  const chosen = said.options.find((one) => one.rate === rate) ?? said.options[0];
  if (!chosen) return null;
  const possible = day >= chosen.first_day && day <= chosen.last_day ? day : "";
  const slotWords = chosen.slots.find(([code]) => code === slot)?.[1];
  const when = [possible && dayWords(possible, language), slotWords].filter(Boolean).join(" ");
  const send = (event: Event) => {
    event.preventDefault();
    void purchase.tellDelivery({
      rate: chosen.rate,
      day: possible || null,
      slot: slotWords ? slot : null,
      wrap: gift.wrap || null,
      message: gift.message,
    });
  };
  return (
    <StepFrame
      controller={controller}
      purchase={purchase}
      foot={
        <>
          <p class="buy-due" role="status">
            <span>{t("arrives")}</span>
            <b class="figures">{when || t("soonest")}</b>
          </p>
          <Main purchase={purchase} form="buy-delivery">
            {t("toPayment")}
          </Main>
        </>
      }
    >
      <form id="buy-delivery" class="buy-form" onSubmit={send}>
        {said.options.length > 1 && <Rates options={said.options} chosen={chosen.rate} onChoose={setRate} />}
        <Days option={chosen} day={possible} onChoose={setDay} />
        <p class="buy-from">
          <Icon name="truck" />
          {t("from", { day: dayWords(chosen.first_day, language) })}
        </p>
        {chosen.slots.length > 0 && (
          <fieldset class="buy-choices buy-slots">
            <legend>{t("slot")}</legend>
            {[["", t("noSlot")], ...chosen.slots].map(([code = "", words]) => (
              <label key={code} class="buy-choice">
                <input type="radio" name="slot" checked={slot === code} onChange={() => setSlot(code)} />
                <span class="figures">{words}</span>
              </label>
            ))}
          </fieldset>
        )}
        <Gift wraps={said.wraps} gift={gift} onChange={setGift} />
      </form>
    </StepFrame>
  );
}

function dayWords(iso: string, language: "ja" | "en"): string {
  return date(iso, language, undefined, "UTC");
}

interface RatesProps {
  options: Sending[];
  chosen: number;
  onChoose: (rate: number) => void;
}

function Rates({ options, chosen, onChoose }: RatesProps) {
  const { t, language } = useCheckoutWords();
  return (
    <fieldset class="buy-choices">
      <legend>{t("way")}</legend>
      {options.map((one) => (
        <label key={one.rate} class="buy-choice">
          <input type="radio" name="rate" checked={chosen === one.rate} onChange={() => onChoose(one.rate)} />
          <span>
            <b>{one.title}</b>
            <small class="figures">
              {one.amount.amount_minor ? money(one.amount, language) : t("free")} ・{" "}
              {t("from", { day: dayWords(one.first_day, language) })}
            </small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
