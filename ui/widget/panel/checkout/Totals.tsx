// What it comes to, as the records add it up; nothing is calculated here.
import { money } from "../../../kit/locale";
import type { Checkout } from "./wire";
import { useCheckoutWords } from "./words";

export function Totals({ checkout }: { checkout: Checkout }) {
  const { t, language } = useCheckoutWords();
  return (
    <div class="buy-totals figures">
      <dl>
        {checkout.sums.map(({ label, amount }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{money(amount, language)}</dd>
          </div>
        ))}
        <div class="buy-total">
          <dt>
            {t("total")} <small>{t("taxIncluded")}</small>
          </dt>
          <dd>{money(checkout.total, language)}</dd>
        </div>
      </dl>
      {checkout.taxes.length > 0 && (
        <dl class="buy-taxes">
          {checkout.taxes.map(({ paid, tax }) => (
            <div key={paid}>
              <dt>{paid}</dt>
              <dd>{tax}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
