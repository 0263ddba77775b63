// Which variant is meant, and which values may still be chosen. An option depends on those before it only, so that
// there is always a way to every variant: change the first one first.
import type { Product, Variant } from "./wire";

export type Chosen = readonly (string | null)[];

/** "none": there is no such combination; "sold_out": there is, but none of it is left. */
export type Standing = "there" | "sold_out" | "none";

export function standing(product: Product, chosen: Chosen, axis: number, value: string): Standing {
  const fitting = product.variants.filter(
    (variant) => variant.options[axis] === value && agrees(variant, chosen.slice(0, axis)),
  );
  if (fitting.length === 0) return "none";
  return fitting.some((variant) => variant.most > 0) ? "there" : "sold_out";
}

/** What is chosen to begin with: the variant that was shown, else only what leaves no choice. */
export function firstChoice(product: Product, variant: number | null): Chosen {
  const shown = product.variants.find((one) => one.id === variant && one.most > 0);
  if (shown) return shown.options;
  return product.options.map(({ values }) => (values.length === 1 ? values[0]! : null));
}

/** What was chosen of the later options stays where it can be had with the new value. */
export function choose(product: Product, chosen: Chosen, axis: number, value: string): Chosen {
  const next: (string | null)[] = [];
  for (let at = 0; at < product.options.length; at += 1) {
    const wanted = at === axis ? value : (chosen[at] ?? null);
    const keeps = at <= axis || (wanted !== null && standing(product, next, at, wanted) === "there");
    next.push(keeps ? wanted : null);
  }
  return next;
}

export function chosenVariant(product: Product, chosen: Chosen): Variant | null {
  if (chosen.includes(null)) return null;
  return product.variants.find((variant) => agrees(variant, chosen)) ?? null;
}

/** The first option that is still open. */
export function openOption(product: Product, chosen: Chosen): string | null {
  const at = chosen.indexOf(null);
  return at < 0 ? null : product.options[at]!.name;
}

function agrees(variant: Variant, chosen: Chosen): boolean {
  return chosen.every((value, at) => value === null || variant.options[at] === value);
}

/** "add:12:34" → the product, and the variant when it is a certain one. */
export function inPayload(payload: string | null | undefined): { product: number; variant: number | null } | null {
  const [, product, variant] = /^add:(\d{1,15}):(\d{1,15})$/.exec(payload ?? "") ?? [];
  return product ? { product: Number(product), variant: Number(variant) || null } : null;
}
