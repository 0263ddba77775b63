// Cards beside a reply: which thing it is; the server fills in its price, state and words when it leaves.

export type Card =
  | { type: "product"; variant: number; seen_minor: number }
  | { type: "coupon"; code: string }
  | { type: "order"; order: number }
  | { type: "cart" }
  | { type: "checkout" }
  | { type: "form"; form: number }
  | { type: "sticker"; sticker: string };

/** A card with the words it is shown by until it is sent. */
export interface ChosenCard {
  card: Card;
  label: string;
  detail: string;
}

export const MOST_CARDS = 10;

const nameOf = (card: Card): string =>
  card.type === "product" ? `product ${card.variant}`
  : card.type === "order" ? `order ${card.order}`
  : card.type === "coupon" ? `coupon ${card.code}`
  : card.type;

/** The same thing stands once: chosen again, it is what was seen last. */
export function withCards(known: readonly ChosenCard[], fresh: readonly ChosenCard[]): ChosenCard[] {
  const names = new Set(fresh.map((one) => nameOf(one.card)));
  return [...known.filter((one) => !names.has(nameOf(one.card))), ...fresh].slice(0, MOST_CARDS);
}
