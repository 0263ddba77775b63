// An article as the shop's records have it. What the record does not say is not shown.
import { useState } from "preact/hooks";
import { Icon } from "../../../../kit/icons";
import type { ProductCard } from "../../../../kit/types";
import type { Controller } from "../../controller";
import { webAddress } from "../../links";
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
  const address = webAddress(card.url);
  const listed = card.actions?.some((action) => action.type === "url");
  const heading = card.number ? `${t("number", { n: card.number })} ${card.title}` : card.title;
  return (
    <article class={wide ? "card product product-wide" : "card product"} aria-label={heading}>
      <Picture card={card} />
      <div class="product-words">
        <h2>{card.title}</h2>
        {card.subtitle && <p class="product-facts">{card.subtitle}</p>}
        <p class="product-line">
          {card.price && <Price price={card.price} old={card.compare_at} taxIncluded={card.tax_included} />}
          <Stock card={card} />
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
        {address && !listed && (
          <a class="button button-line" href={address} target="_blank" rel="noopener noreferrer">
            {t("details")}
          </a>
        )}
      </div>
    </article>
  );
}

function Picture({ card }: { card: ProductCard }) {
  const [broken, setBroken] = useState(false);
  const source = webAddress(typeof card.image === "string" ? card.image : card.image?.url);
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

function Stock({ card }: { card: ProductCard }) {
  const { t } = useWords();
  const known = card.in_stock ?? null;
  const text = card.stock_text ?? (known === null ? null : t(known ? "inStock" : "outOfStock"));
  if (!text) return null;
  // Words of the shop's own beside "in stock" mean that few are left.
  const mood = known === false ? "none" : card.stock_text ? "few" : "there";
  return (
    <span class="stock" data-stock={mood}>
      {text}
    </span>
  );
}
