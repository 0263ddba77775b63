// All of it once more, with the points of the law and the tax by rate; the button names the effect and the amount.
import { useId, useState } from "preact/hooks";
import type { ComponentChildren } from "preact";
import { Icon } from "../../../kit/icons";
import { money } from "../../../kit/locale";
import { type At, StepFrame } from "./StepFrame";
import { Items } from "./Items";
import { Main } from "./Main";
import { Sign } from "./Sign";
import { Totals } from "./Totals";
import type { Checkout, StepName } from "./wire";
import { useCheckoutWords } from "./words";

interface Props extends At {
  checkout: Checkout;
}

/** What a test payment does in another tab. */
const AWAY = ["escalate_token", "auth_token"];

export function ReviewStep({ controller, purchase, checkout }: Props) {
  const { t, language } = useCheckoutWords();
  const way = checkout.payment.ways.find((one) => one.id === checkout.payment.way);
  const testing = way?.kind === "test";
  const [outcome, setOutcome] = useState("");
  const buy = async (event: Event) => {
    event.preventDefault();
    if (purchase.get().busy) return;
    // Opened within the press: later the browser would take it for a pop-up.
    const tab = way?.leaves || (testing && AWAY.includes(outcome)) ? window.open("", "_blank") : null;
    if (tab) tab.opener = null;
    const after = await purchase.order(testing ? outcome : "");
    if (after?.pay_url && tab) tab.location.replace(after.pay_url);
    else tab?.close();
  };
  return (
    <StepFrame
      controller={controller}
      purchase={purchase}
      foot={
        <>
          {way?.leaves && <p class="sheet-small">{t("leaves")}</p>}
          <Main purchase={purchase} form="buy-review" busyWords={t("ordering")}>
            {t("order")} {money(checkout.total, language)}
          </Main>
          <a class="buy-legal" href={checkout.legal_url} target="_blank" rel="noopener">
            {t("legal")}
          </a>
        </>
      }
    >
      <form id="buy-review" class="buy-form" onSubmit={buy}>
        <Said checkout={checkout} onChange={(step) => purchase.go(step)} way={way?.title ?? t("nothingToPay")} kind={way?.kind ?? ""} />
        <Items lines={checkout.lines} />
        <Totals checkout={checkout} />
        {testing && <Outcome outcomes={checkout.payment.outcomes} chosen={outcome} onChoose={setOutcome} />}
        <section class="buy-points" aria-label={t("points")}>
          <ul>
            {checkout.points.map((point) => (
              <li key={point}>{point}</li>
            ))}
          </ul>
        </section>
      </form>
    </StepFrame>
  );
}

interface SaidProps {
  checkout: Checkout;
  way: string;
  kind: string;
  onChange: (step: StepName) => void;
}

function Said({ checkout, way, kind, onChange }: SaidProps) {
  const { t } = useCheckoutWords();
  const { values } = checkout.address;
  const place =
    values.country === "JP" ? (
      <>
        〒{values.postal_code} {values.region}
        {values.city}
        <span class="buy-whole">{values.line1}</span> {values.line2}
      </>
    ) : (
      [values.line1, values.line2, values.city, values.region, values.postal_code, values.country].filter(Boolean).join(", ")
    );
  const wrap = checkout.delivery.wraps.find(({ code }) => code === checkout.delivery.wrap);
  return (
    <ul class="buy-said">
      <SaidRow step="address" onChange={onChange} sign={<Icon name="pin" size={24} />}>
        <b>{t("savedTo", { name: values.name ?? "" })}</b>
        <span>{place}</span>
      </SaidRow>
      <SaidRow step="delivery" onChange={onChange} sign={<Icon name="truck" size={24} />}>
        <b class="figures">{checkout.delivery.line}</b>
        {wrap && <span>{wrap.title}</span>}
        {checkout.delivery.message && <span>{checkout.delivery.message}</span>}
      </SaidRow>
      <SaidRow step="payment" onChange={onChange} sign={<Sign kind={kind} />}>
        <b>{way}</b>
      </SaidRow>
    </ul>
  );
}

interface RowProps {
  step: StepName;
  sign: ComponentChildren;
  children: ComponentChildren;
  onChange: (step: StepName) => void;
}

function SaidRow({ step, sign, children, onChange }: RowProps) {
  const { t } = useCheckoutWords();
  return (
    <li>
      {sign}
      <div>{children}</div>
      <button class="buy-change" type="button" aria-label={t("changeOf", { step: t(step) })} onClick={() => onChange(step)}>
        {t("change")}
      </button>
    </li>
  );
}

interface OutcomeProps {
  outcomes: [string, string][];
  chosen: string;
  onChoose: (code: string) => void;
}

function Outcome({ outcomes, chosen, onChoose }: OutcomeProps) {
  const { t } = useCheckoutWords();
  const id = useId();
  return (
    <div class="buy-field">
      <label for={id}>{t("outcome")}</label>
      <select id={id} value={chosen} onChange={(event) => onChoose(event.currentTarget.value)}>
        {outcomes.map(([code, words]) => (
          <option key={code} value={code}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}
