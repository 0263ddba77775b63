import { Glyph, type GlyphName } from "../icons";
import { useStore } from "../state/store";
import { useWords } from "../words/words";
import type { Card } from "./cards";
import type { Draft } from "./draft";

export const CARD_GLYPHS: Record<Card["type"], GlyphName> = {
  product: "bag", coupon: "ticket", order: "box", cart: "bag", checkout: "wallet", form: "note", sticker: "smile",
};

/** What leaves with the words; each can be taken out again. */
export function ChosenCards({ draft }: { draft: Draft }) {
  const t = useWords();
  const cards = useStore(draft.store, (state) => state.cards);
  if (cards.length === 0) return null;
  return (
    <ul class="chosen-cards" aria-label={t("desk.cards")}>
      {cards.map((one) => (
        <li class="attached" key={JSON.stringify(one.card)}>
          <Glyph name={CARD_GLYPHS[one.card.type]} size={16} />
          <span class="file-name">{one.label}</span>
          {one.detail && <span class="file-size figures">{one.detail}</span>}
          <button
            type="button"
            class="icon-button"
            aria-label={t("desk.cards.remove", { name: one.label })}
            onClick={() => draft.store.set({ cards: cards.filter((other) => other !== one) })}
          >
            <Glyph name="close" size={16} />
          </button>
        </li>
      ))}
    </ul>
  );
}
