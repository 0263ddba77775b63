// What the shop's calls carry: docs/en/reference/web-protocol.md, "Selling".
import type { Money } from "../../../kit/types";

export interface CartLine {
  variant: number;
  handle: string;
  title: string;
  /** Its option values in words; empty for an only one. */
  options: string;
  image_url: string | null;
  unit: Money;
  /** What was asked for; `quantity` is what there is of it. */
  wanted: number;
  quantity: number;
  most: number;
  amount: Money;
  notices: string[];
}

export interface Cart {
  pieces: number;
  lines: CartLine[];
  codes: string[];
  subtotal: Money | null;
  /** Negative. */
  discount: Money | null;
  tax: Money | null;
  total: Money | null;
  shipping: { free_from: Money; left: Money } | null;
  notices: string[];
  /** Variants kept for later; only where the cart was asked for. */
  wishes?: number[];
}

export interface Variant {
  id: number;
  sku: string | null;
  title: string;
  /** One value for each of the product's options, in their order. */
  options: string[];
  price: Money;
  compare_at: Money | null;
  stock: string;
  /** How many may be asked for; 0 when it is sold out. */
  most: number;
  wished: boolean;
}

export interface Product {
  id: number;
  handle: string;
  title: string;
  body: string;
  image_url: string | null;
  options: { name: string; values: string[] }[];
  variants: Variant[];
}
