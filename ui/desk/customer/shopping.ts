// What the customer buys: orders, the shop's own cart, wishes. Asked for when it is shown, and after each deed.
import type { Cancelling, Order, OrderDone, PostalAddress, Shopping as Bought } from "../server";
import { newClientId } from "../../kit/ids";
import { get, post } from "../state/api";
import { Store } from "../state/store";

export type { Order, OrderLine, PostalAddress, ShopCart, Wish } from "../server";

interface Seen extends Bought {
  phase: "loading" | "ready" | "failed";
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
      const answer = await get(`/api/conversations/${this.conversation}/shopping`);
      this.store.set({ ...answer, phase: "ready" });
    } catch {
      if (this.store.get().phase === "loading") this.store.set({ phase: "failed" });
    }
  }

  /** Somebody's order by its number; null when the shop has none. */
  async byNumber(number: string): Promise<Order | null> {
    const path = `/api/conversations/${this.conversation}/shopping?number=${encodeURIComponent(number)}` as const;
    return (await get(path)).orders[0] ?? null;
  }

  /** Does it as the order was seen; the same id again has one effect. */
  async act(order: Order, deed: OrderDeed, clientId: string, reason: string): Promise<Order> {
    const seen = { conversation: this.conversation, client_id: clientId, version: order.version, reason };
    const { order: fresh } = await done(order.id, deed, seen);
    this.store.set({ orders: this.store.get().orders.map((one) => (one.id === fresh.id ? fresh : one)) });
    return fresh;
  }
}

function done(order: number, deed: OrderDeed, seen: Cancelling): Promise<OrderDone> {
  const path = `/api/orders/${order}` as const;
  if (deed.verb === "cancel") return post(`${path}/cancel`, seen);
  if (deed.verb === "address") return post(`${path}/address`, { ...seen, ...deed.address });
  if (deed.verb === "return") return post(`${path}/return`, { ...seen, lines: deed.lines });
  return post(`${path}/refund`, { ...seen, amount_minor: deed.amount_minor });
}

export const newDeed = (): string => newClientId();
