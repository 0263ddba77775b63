import { money } from "../../kit/locale";
import { Glyph } from "../icons";
import type { Cart } from "../wire";
import { ago, useNow } from "../words/time";
import { useLanguage, useWords } from "../words/words";
import { Section } from "./Section";

const BROWSING_MS = 5 * 60_000;

/** What lies in the cart now, and how old that knowledge is. */
export function LiveCart({ cart }: { cart: Cart | null }) {
  const t = useWords();
  const language = useLanguage();
  const now = useNow();
  const items = cart?.items ?? [];
  const [first] = items;
  const subtotal = items.reduce((sum, item) => sum + item.price.amount_minor * item.quantity, 0);
  const fresh = cart !== null && now - Date.parse(cart.at) < BROWSING_MS;
  const age = cart && first && (
    <>
      <span class={fresh ? "dot dot-matsu" : "dot"} />
      {t("desk.customer.updated", { ago: ago(t, cart.at, now) })}
    </>
  );
  return (
    <Section id="cart" title={t("desk.customer.cart")} aside={age}>
      {!first && <p class="quiet">{t("desk.customer.noCart")}</p>}
      {first && (
        <>
          <ul class="cart">
            {items.map((item) => (
              <li class="cart-item" key={item.sku}>
                <span class="cart-picture" aria-hidden="true">
                  <Glyph name="bag" size={16} />
                </span>
                <span class="cart-title">
                  {item.title} <span class="quiet figures">×{item.quantity}</span>
                </span>
                <span class="figures">
                  {money({ ...item.price, amount_minor: item.price.amount_minor * item.quantity }, language)}
                </span>
              </li>
            ))}
          </ul>
          <p class="cart-sum figures">
            {t("desk.customer.subtotal", { amount: money({ ...first.price, amount_minor: subtotal }, language) })}
          </p>
        </>
      )}
    </Section>
  );
}
