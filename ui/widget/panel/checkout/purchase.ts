// One shopper's buying: the checkout by the server's word, the step that is shown, and each press once.
import { ApiError } from "../../../kit/api";
import { newClientId } from "../../../kit/ids";
import { State } from "../../../kit/state";
import type { Calls } from "../calls";
import { AddressDraft } from "./draft";
import { STEPS, type AddressValues, type Checkout, type StepName } from "./wire";

/** What went wrong, for words. "changed": somebody was faster, and this is how it stands now. */
export type Trouble = "offline" | "tooMany" | "notPossible" | "changed" | "empty" | "ended";

export interface PurchaseState {
  checkout: Checkout | null;
  /** A step the shopper went back to; null is the first that is not done. */
  at: StepName | null;
  /** The call under way. */
  busy: string | null;
  trouble: Trouble | null;
  /** Sentences by field. */
  wrong: Record<string, string>;
}

export interface Around {
  /** A fresh token; it arrives in `calls`. */
  renew: () => Promise<boolean>;
  scope: string;
}

const LATE = ["date_unavailable", "slot_unavailable"];

export class Purchase extends State<PurchaseState> {
  readonly draft: AddressDraft;
  private asked = 0;
  /** What the network swallowed keeps its key: pressed again it is the same press. */
  private swallowed: { body: string; key: string } | null = null;
  private forgotten = false;
  /** The newest version that was heard of while a press was under way. */
  private missed = 0;

  constructor(
    private readonly calls: Calls,
    private readonly around: Around,
  ) {
    super({ checkout: null, at: null, busy: null, trouble: null, wrong: {} });
    this.draft = new AddressDraft(`kaiwa.checkout.${around.scope}`);
  }

  forget(): void {
    this.forgotten = true;
    this.draft.forget();
  }

  get step(): StepName {
    const { at, checkout } = this.get();
    return at ?? checkout?.step ?? "address";
  }

  /** Go on with the cart's checkout, or begin one; after one that has ended, with what was said. */
  async begin(after?: number): Promise<void> {
    this.set({ at: null, trouble: null, wrong: {} });
    await this.press("begin", after ? { after } : {}, false);
  }

  go(step: StepName): void {
    const { checkout } = this.get();
    const reached = checkout ? STEPS.indexOf(checkout.step) : 0;
    if (STEPS.indexOf(step) <= reached) this.set({ at: step, trouble: null, wrong: {} });
  }

  /** One step back; false at the first. */
  back(): boolean {
    const before = STEPS[STEPS.indexOf(this.step) - 1];
    if (before) this.go(before);
    return before !== undefined;
  }

  async tellAddress(values: AddressValues, saved: string): Promise<void> {
    if (await this.press("address", { ...values, saved })) this.draft.forget();
  }

  async tellDelivery(said: object): Promise<void> {
    const done = await this.press("delivery", said);
    if (done?.notices.some(({ code }) => LATE.includes(code))) this.set({ at: "delivery" });
  }

  tellPayment(way: number | null): Promise<Checkout | null> {
    return this.press("payment", { way });
  }

  /** Buys what is shown. The version is the key: however often it is pressed, it is one order. */
  async order(instrument: string): Promise<Checkout | null> {
    const { checkout } = this.get();
    if (!checkout) return null;
    return this.once("order", () => this.calls.sell("checkout/order", { ...namesOf(checkout), instrument }));
  }

  /** Ask the payment company what became of it. */
  async lookAgain(): Promise<void> {
    const { checkout } = this.get();
    if (checkout) await this.once("look", () => this.calls.sell("checkout/look", { id: checkout.id }), true);
  }

  /** The stream says that it stands otherwise now. */
  heard(id: number, version: number): void {
    const { checkout, busy } = this.get();
    if (checkout?.id !== id || version <= checkout.version) return;
    // The answer of the press under way tells it too, unless it is lost.
    if (busy) this.missed = version;
    else void this.look();
  }

  /** The chat was told of an order: the one that is shown may be paid by now. */
  orderMoved(): void {
    if (this.get().checkout?.state === "completed") void this.look();
  }

  look = async (): Promise<void> => {
    const { checkout } = this.get();
    if (!checkout) return;
    const asked = ++this.asked;
    try {
      const fresh = await this.calls.shop<Checkout>("checkout", { id: checkout.id });
      if (asked === this.asked) this.take(fresh);
    } catch {
      // It stands as it was last seen; the next press says what is wrong.
    }
  };

  /** An answer that was overtaken is an old one. */
  private take(fresh: Checkout, stay = true): void {
    const { checkout: known, at } = this.get();
    if (this.forgotten || (known?.id === fresh.id && fresh.version < known.version)) return;
    if (fresh.state === "completed") this.draft.forget();
    const moved = known?.state !== fresh.state && ["needs_buyer", "needs_auth", "completing"].includes(known?.state ?? "");
    const over = ["completed", "canceled", "expired"].includes(fresh.state);
    this.set({ checkout: fresh, at: stay && !moved ? at : null, ...(over && { trouble: null }) });
  }

  private async press(step: string, said: object, named = true): Promise<Checkout | null> {
    const { checkout } = this.get();
    if (named && !checkout) return null;
    const body = { ...(named && checkout ? namesOf(checkout) : {}), ...said };
    const text = JSON.stringify([step, body]);
    const key = this.swallowed?.body === text ? this.swallowed.key : newClientId();
    this.swallowed = { body: text, key };
    return this.once(step, async () => {
      const fresh = await this.calls.sell<Checkout>(`checkout/${step}`, { ...body, key });
      this.swallowed = null;
      return fresh;
    });
  }

  /** While a press is under way no other does anything. */
  private async once(what: string, act: () => Promise<Checkout>, stay = false): Promise<Checkout | null> {
    if (this.get().busy) return null;
    this.set({ busy: what, trouble: null, wrong: {} });
    try {
      const fresh = await this.trying(act);
      this.asked += 1;
      this.take(fresh, stay);
      return fresh;
    } catch (error) {
      await this.fail(what, error);
      return null;
    } finally {
      this.set({ busy: null });
      if (this.missed > (this.get().checkout?.version ?? 0)) void this.look();
      this.missed = 0;
    }
  }

  /** A token that has run out is replaced; what the network swallowed is tried once more, with the same key. */
  private async trying(act: () => Promise<Checkout>): Promise<Checkout> {
    try {
      return await act();
    } catch (error) {
      const status = error instanceof ApiError ? error.status : -1;
      if (status === 401 && (await this.around.renew())) return act();
      if (status === 0) return act();
      throw error;
    }
  }

  private async fail(what: string, error: unknown): Promise<void> {
    const known = error instanceof ApiError ? error : new ApiError(0, "", "");
    const fields = known.detail.fields as Record<string, string> | undefined;
    if (fields) return this.set({ wrong: fields });
    if (known.status === 0 || known.status >= 500) return this.set({ trouble: "offline" });
    this.swallowed = null;
    if (known.status === 429) return this.set({ trouble: "tooMany" });
    if (known.status === 401) return this.set({ trouble: "ended" });
    if (what === "begin") return this.set({ trouble: known.detail.reason === "empty" ? "empty" : "notPossible" });
    await this.look();
    this.set({ trouble: known.status === 409 ? "changed" : "notPossible" });
  }
}

function namesOf({ id, version }: Checkout): { id: number; version: number } {
  return { id, version };
}
