import { money } from "../../kit/locale";
import type { OpenThread } from "../state/open-thread";
import { useStore } from "../state/store";
import { useLanguage, useWords } from "../words/words";
import { withCards } from "../composer/cards";
import { Section } from "./Section";
import type { Wish } from "./shopping";

/** What the customer keeps for later; a press puts it into the reply as a card. */
export function Wishes({ thread }: { thread: OpenThread }) {
  const t = useWords();
  const language = useLanguage();
  const wishes = useStore(thread.shopping.store, (state) => state.wishes);
  if (wishes.length === 0) return null;
  const add = ({ variant, title, price }: Wish) =>
    thread.draft.store.set({
      mode: "reply",
      cards: withCards(thread.draft.store.get().cards, [
        { card: { type: "product", variant, seen_minor: price.amount_minor }, label: title, detail: money(price, language) },
      ]),
    });
  return (
    <Section id="wishes" title={t("desk.customer.wishes")}>
      <ul class="trail">
        {wishes.map((one) => (
          <li key={one.variant}>
            <button type="button" class="trail-link trail-button" title={t("desk.customer.suggest")} onClick={() => add(one)}>
              <span class="trail-title">{one.title}</span>
              {!one.in_stock && <span class="chip">{t("desk.customer.soldOut")}</span>}
              <span class="trail-time figures">{money(one.price, language)}</span>
            </button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
