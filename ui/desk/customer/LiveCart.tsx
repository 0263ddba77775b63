import { money } from "../../kit/locale";
import { Glyph } from "../icons";
import type { CartItem } from "../../kit/types";
import type { Cart, Money } from "../wire";
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
  const subtotal = sumOf(items);
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
                {item.price && <span class="figures">{money(times(item.price, item.quantity), language)}</span>}
              </li>
            ))}
          </ul>
          {subtotal && <p class="cart-sum figures">{t("desk.customer.subtotal", { amount: money(subtotal, language) })}</p>}
        </>
      )}
    </Section>
  );
}

const times = (price: Money, quantity: number): Money => ({ ...price, amount_minor: price.amount_minor * quantity });

/** Null when a price is missing or in another currency: half a sum would mislead. */
export function sumOf(items: readonly CartItem[]): Money | null {
  const currency = items[0]?.price?.currency;
  if (!currency || items.some(({ price }) => price?.currency !== currency)) return null;
  return { currency, amount_minor: items.reduce((sum, { price, quantity }) => sum + price!.amount_minor * quantity, 0) };
}
