// An article as the shop's records have it. What the record does not say is not shown.
import { useState } from "preact/hooks";
import { Icon } from "../../../../kit/icons";
import type { ProductCard } from "../../../../kit/types";
import type { Controller } from "../../controller";
import { webAddress } from "../../links";
import { stockMood } from "../../stock";
import { useWords } from "../../words";
import { ActionButton } from "./ActionButton";
import { Price } from "./Price";

interface Props {
  card: ProductCard;
  /** Alone in the thread: picture beside the words; in a carousel: picture above. */
  wide?: boolean;
  controller: Controller;
}

export function ProductCardView({ card, wide, controller }: Props) {
  const { t } = useWords();
  const heading = card.number ? `${t("number", { n: card.number })} ${card.title}` : card.title;
  return (
    <article class={wide ? "card product product-wide" : "card product"} aria-label={heading}>
      <Picture card={card} />
      <div class="product-words">
        <h2>{card.title}</h2>
        {card.facts && <p class="product-facts">{card.facts}</p>}
        <p class="product-line">
          {card.price && <Price price={card.price} old={card.compare_at} />}
          {card.stock && (
            <span class="stock" data-stock={stockMood(card.stock)}>
              {card.stock}
            </span>
          )}
        </p>
      </div>
      <div class="product-actions">
        {card.actions?.map((action) => (
          <ActionButton
            key={action.label}
            action={action}
            class={action.type === "reply" ? "button button-tint" : "button button-line"}
            controller={controller}
          />
        ))}
      </div>
    </article>
  );
}

function Picture({ card }: { card: ProductCard }) {
  const [broken, setBroken] = useState(false);
  const source = webAddress(card.image_url);
  return (
    <div class="product-picture">
      {source && !broken ? (
        <img src={source} alt="" loading="lazy" onError={() => setBroken(true)} />
      ) : (
        <Icon name="image" size={24} />
      )}
      {card.number && (
        <span class="product-number figures" aria-hidden="true">
          {card.number}
        </span>
      )}
    </div>
  );
}
