import { money } from "../../kit/locale";
import { withCards } from "../composer/cards";
import { Glyph } from "../icons";
import type { OpenThread } from "../state/open-thread";
import { useLanguage, useWords } from "../words/words";
import { Section } from "./Section";
import type { ShopCart } from "./shopping";

/** The shop's own cart, at the prices of now, and a way to offer it as a link that restores it. */
export function ShopCartView({ thread, cart }: { thread: OpenThread; cart: ShopCart }) {
  const t = useWords();
  const language = useLanguage();
  const offer = () =>
    thread.draft.store.set({
      mode: "reply",
      cards: withCards(thread.draft.store.get().cards, [
        { card: { type: "checkout" }, label: t("desk.cards.checkout"), detail: money(cart.total, language) },
      ]),
    });
  return (
    <Section id="cart" title={t("desk.customer.cart")}>
      <ul class="cart">
        {cart.lines.map((line) => (
          <li class="cart-item" key={line.variant}>
            <span class="cart-picture" aria-hidden="true">
              <Glyph name="bag" size={16} />
            </span>
            <span class="cart-title">
              {line.title} <span class="quiet figures">×{line.quantity}</span>
            </span>
            <span class="figures">{money(line.amount, language)}</span>
          </li>
        ))}
      </ul>
      <p class="cart-foot">
        <span class="cart-sum figures">{t("desk.customer.subtotal", { amount: money(cart.total, language) })}</span>
        <button type="button" class="act act-small" onClick={offer}>
          {t("desk.customer.offerCart")}
        </button>
      </p>
    </Section>
  );
}
