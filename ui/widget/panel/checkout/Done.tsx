// The order stands: its number, what it comes to, and what happens next.
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../../../kit/icons";
import { webAddress } from "../links";
import { Page } from "./Page";
import type { At } from "./StepFrame";
import { Items } from "./Items";
import { Totals } from "./Totals";
import type { Checkout, Placed } from "./wire";
import { useCheckoutWords } from "./words";

interface Props extends At {
  checkout: Checkout;
}

export function Done({ controller, checkout }: Props) {
  const { t } = useCheckoutWords();
  const { till } = controller;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const { order } = checkout;
  if (!order) return null;
  return (
    <Page
      foot={
        <button class="button button-main button-wide" type="button" onClick={till.close}>
          {t("toChat")}
        </button>
      }
    >
      <div class="buy-done">
        <h3 class="buy-heading" ref={heading} tabIndex={-1}>
          <Icon name="check" size={24} />
          {t("doneTitle")}
        </h3>
        <p>{order.words}</p>
        <p class="figures">
          {t("number")} <b>{order.number}</b>
        </p>
      </div>
      <HowToPay order={order} />
      <Items lines={checkout.lines} />
      <Totals checkout={checkout} />
      <a class="sheet-page" href={webAddress(order.url) ?? undefined} target="_blank" rel="noopener noreferrer">
        <Icon name="box" size={16} />
        {t("orderPage")}
      </a>
      <p class="sheet-small">{t("kept")}</p>
    </Page>
  );
}

function HowToPay({ order }: { order: Placed }) {
  const { t } = useCheckoutWords();
  const link = webAddress(order.link);
  if (order.rows.length === 0 && !link) return null;
  const rows: [string, string][] = order.until ? [...order.rows, [t("payUntil"), order.until]] : order.rows;
  return (
    <section class="buy-pay" aria-label={t("howToPay")}>
      <h4>{t("howToPay")}</h4>
      <dl class="figures">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {link && (
        <a class="sheet-page" href={link} target="_blank" rel="noopener noreferrer">
          {t("voucher")}
          <Icon name="open" size={16} />
        </a>
      )}
    </section>
  );
}
