// The articles, with what has changed about them; what cannot be had any more stays, greyed, at its place.
import { Icon } from "../../../kit/icons";
import { money } from "../../../kit/locale";
import { webAddress } from "../links";
import type { Line } from "./wire";
import { useCheckoutWords } from "./words";

export function Items({ lines }: { lines: Line[] }) {
  const { t, language } = useCheckoutWords();
  return (
    <ul class="buy-items" aria-label={t("items")}>
      {lines.map((line) => (
        <li key={line.variant} data-gone={line.quantity === 0}>
          <Picture url={line.image_url} />
          <div>
            <b>
              {line.title}
              {line.reduced && (
                <span class="buy-mark" role="img" aria-label={t("reduced")}>
                  ※
                </span>
              )}
            </b>
            {line.quantity > 0 && <p>{t("quantity", { n: line.quantity })}</p>}
            {line.changes.map((change) => (
              <p key={change} class="cart-notice">
                {change}
              </p>
            ))}
          </div>
          <p class="buy-price figures">
            {line.was && (
              <s>
                <span class="unseen">{t("was")} </span>
                {money(line.was, language)}
              </s>
            )}
            {line.quantity > 0 && money(line.amount, language)}
          </p>
        </li>
      ))}
    </ul>
  );
}

function Picture({ url }: { url: string | null }) {
  const source = webAddress(url);
  return <div class="cart-picture">{source ? <img src={source} alt="" /> : <Icon name="image" size={24} />}</div>;
}
