// An article as the shop's records have it. What the record does not say is not shown.
import { useState } from "preact/hooks";
import { Icon } from "../../../../kit/icons";
import { useValue } from "../../../../kit/state";
import type { Action, ProductCard } from "../../../../kit/types";
import type { Controller } from "../../controller";
import { webAddress } from "../../links";
import { inPayload } from "../../shop/choice";
import { FaultLine } from "../../shop/FaultLine";
import { Heart } from "../../shop/Heart";
import type { Till } from "../../shop/till";
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
  const put = card.actions?.find((action) => action.type === "reply" && inPayload(action.payload));
  const variant = put?.type === "reply" ? inPayload(put.payload)?.variant : null;
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
          <CardAction key={action.label} action={action} card={card} controller={controller} />
        ))}
        {card.handle && (
          <button class="button button-line" type="button" onClick={() => look(card, controller)}>
            {t("details")}
          </button>
        )}
      </div>
      {variant && <Heart variant={variant} title={card.title} till={controller.till} />}
    </article>
  );
}

interface ActionProps {
  action: Action;
  card: ProductCard;
  controller: Controller;
}

/** Putting in is done here and at once; every other action is what it is anywhere. */
function CardAction({ action, card, controller }: ActionProps) {
  const wanted = action.type === "reply" ? inPayload(action.payload) : null;
  if (wanted) return <PutIn label={action.label} wanted={wanted} card={card} till={controller.till} />;
  const look = action.type === "reply" ? "button button-tint" : "button button-line";
  return <ActionButton action={action} class={look} controller={controller} />;
}

interface PutInProps {
  label: string;
  wanted: { product: number; variant: number | null };
  card: ProductCard;
  till: Till;
}

function PutIn({ label, wanted, card, till }: PutInProps) {
  const { t } = useWords();
  const { busy, added } = useValue(till);
  const { product, variant } = wanted;
  const what = `card:${product}:${variant ?? 0}`;
  const press = async () => {
    // With something to choose, or when it could not be put in, the sheet says what there is.
    if (variant && (await till.put(variant, 1, what))) return;
    if (!variant || till.get().fault?.what !== what) till.open({ kind: "options", name: { id: product }, variant });
  };
  return (
    <>
      <button class="button button-tint" type="button" aria-busy={busy.has(what)} onClick={press}>
        {added === what && <Icon name="check" size={16} />}
        {added === what ? t("added") : label}
        <span class="unseen">{card.title}</span>
      </button>
      <FaultLine till={till} what={what} />
    </>
  );
}

function look(card: ProductCard, { till }: Controller): void {
  const put = card.actions?.map((action) => (action.type === "reply" ? inPayload(action.payload) : null)).find(Boolean);
  till.open({ kind: "options", name: { handle: card.handle! }, variant: put?.variant ?? null });
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
