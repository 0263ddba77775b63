// What the customer buys: orders, the shop's own cart, wishes. Asked for when it is shown, and after each deed.
import type { Cancelling } from "../server";
import { newClientId } from "../../kit/ids";
import { get, post } from "../state/api";
import { Store } from "../state/store";
import type { Money } from "../wire";

export interface OrderLine {
  part: string;
  title: string;
  sku: string;
  ordered: number;
  quantity: number;
  amount: Money;
}

export interface PostalAddress {
  name: string;
  postal_code: string;
  region: string;
  city: string;
  line1: string;
  line2: string;
  country: string;
  phone: string;
}

export interface Order {
  id: number;
  number: string;
  /** False for one found by its number that is not this customer's. */
  own: boolean;
  version: number;
  state: string;
  state_words: string;
  steps: string[];
  step_index: number;
  placed_at: string;
  paid_at: string | null;
  name: string;
  lines: OrderLine[];
  /** Shipping, fees and discounts together: lines and entries make the total. */
  entries: { amount: Money }[];
  total: Money;
  paid: Money;
  refunded: Money;
  address: PostalAddress | null;
  address_words: string;
  delivery: string;
  parcels: { carrier: string; number: string | null; link: string | null; state: string; at: string }[];
  returns: { id: number; state: string; lines: Record<string, number> }[];
  refunds: { state: string; amount: Money }[];
  ways: string[];
}

export interface ShopCart {
  lines: { variant: number; title: string; sku: string; quantity: number; amount: Money }[];
  codes: string[];
  total: Money;
}

export interface Wish {
  variant: number;
  title: string;
  price: Money;
  in_stock: boolean;
  added_at: string;
}

interface Seen {
  phase: "loading" | "ready" | "failed";
  orders: readonly Order[];
  cart: ShopCart | null;
  wishes: readonly Wish[];
  cancel_reasons: readonly string[];
}

export type OrderDeed =
  | { verb: "cancel" }
  | { verb: "address"; address: PostalAddress }
  | { verb: "return"; lines: Record<string, number> }
  | { verb: "refund"; amount_minor: number };

export type OrderVerb = OrderDeed["verb"];

export class Shopping {
  readonly store = new Store<Seen>({ phase: "loading", orders: [], cart: null, wishes: [], cancel_reasons: [] });

  constructor(readonly conversation: number) {}

  async load(): Promise<void> {
    try {
      const answer = await get<Omit<Seen, "phase">>(`/api/conversations/${this.conversation}/shopping`);
      this.store.set({ ...answer, phase: "ready" });
    } catch {
      if (this.store.get().phase === "loading") this.store.set({ phase: "failed" });
    }
  }

  /** Somebody's order by its number; null when the shop has none. */
  async byNumber(number: string): Promise<Order | null> {
    const path = `/api/conversations/${this.conversation}/shopping?number=${encodeURIComponent(number)}` as const;
    return (await get<Omit<Seen, "phase">>(path)).orders[0] ?? null;
  }

  /** Does it as the order was seen; the same id again has one effect. */
  async act(order: Order, deed: OrderDeed, clientId: string, reason: string): Promise<Order> {
    const seen = { conversation: this.conversation, client_id: clientId, version: order.version, reason };
    const { order: fresh } = await done(order.id, deed, seen);
    this.store.set({ orders: this.store.get().orders.map((one) => (one.id === fresh.id ? fresh : one)) });
    return fresh;
  }
}

function done(order: number, deed: OrderDeed, seen: Cancelling): Promise<{ order: Order }> {
  const path = `/api/orders/${order}` as const;
  if (deed.verb === "cancel") return post(`${path}/cancel`, seen);
  if (deed.verb === "address") return post(`${path}/address`, { ...seen, ...deed.address });
  if (deed.verb === "return") return post(`${path}/return`, { ...seen, lines: deed.lines });
  return post(`${path}/refund`, { ...seen, amount_minor: deed.amount_minor });
}

export const newDeed = (): string => newClientId();
