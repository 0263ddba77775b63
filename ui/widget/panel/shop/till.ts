// The shop's side of the panel: what is in the cart by the server's word, which sheet is open, and each press once.
import { ApiError } from "../../../kit/api";
import { newClientId } from "../../../kit/ids";
import { State } from "../../../kit/state";
import type { Calls } from "../calls";
import type { Purchase } from "../checkout/purchase";
import type { Cart, CartLine, Product } from "./wire";

export type Sheet =
  | { kind: "cart" }
  | { kind: "checkout" }
  | { kind: "options"; name: { id: number } | { handle: string }; variant: number | null };

/** What went wrong, for words: no network, too many presses, or not possible any more. */
export type Fault = "offline" | "tooMany" | "notPossible";

export interface TillState {
  cart: Cart | null;
  /** What the last press was answered with: its refusals are read after the cart was looked at again. */
  told: Cart | null;
  wishes: ReadonlySet<number>;
  sheet: Sheet | null;
  /** The presses under way, by what was pressed. */
  busy: ReadonlySet<string>;
  /** The fault of the last press, and what was pressed. */
  fault: { what: string; fault: Fault } | null;
  /** What was put in a moment ago. */
  added: string | null;
}

const ADDED_MS = 2_000;
const LOOK_AGAIN_MS = 150;

export class Till extends State<TillState> {
  /** What is being bought; its part of the program makes it. */
  purchase: Purchase | null = null;
  private opener: HTMLElement | null = null;
  private looking: ReturnType<typeof setTimeout> | undefined;
  private addedEnds: ReturnType<typeof setTimeout> | undefined;
  private version = 0;

  constructor(
    private readonly calls: Calls,
    private readonly onPieces: (pieces: number) => void,
  ) {
    super({ cart: null, told: null, wishes: new Set(), sheet: null, busy: new Set(), fault: null, added: null });
  }

  /** Another visitor: nothing of before is theirs. */
  forget(): void {
    this.purchase?.forget();
    this.purchase = null;
    this.version += 1;
    this.set({ cart: null, told: null, wishes: new Set(), sheet: null, fault: null, added: null });
  }

  open(sheet: Sheet): void {
    if (!this.get().sheet) this.opener = document.activeElement as HTMLElement | null;
    this.set({ sheet, fault: null });
    if (sheet.kind === "cart") void this.look();
  }

  close = (): void => {
    this.set({ sheet: null, fault: null, told: null });
    const back = this.opener?.isConnected ? this.opener : document.querySelector<HTMLElement>(".thread");
    // What was pressed lies in an inert part until the sheet has left.
    requestAnimationFrame(() => back?.focus({ preventScroll: true }));
  };

  /** The cart has changed somewhere: several changes at once are looked at once. */
  lookSoon(): void {
    clearTimeout(this.looking);
    this.looking = setTimeout(() => void this.look(), LOOK_AGAIN_MS);
  }

  look = async (): Promise<void> => {
    const version = ++this.version;
    try {
      const cart = await this.calls.shop<Cart>("cart");
      // An answer that was overtaken by a change, or by another visitor, is an old one.
      if (version === this.version) this.take(cart);
    } catch (error) {
      if (version === this.version && !this.get().cart) this.fail("look", error);
    }
  };

  product(name: { id: number } | { handle: string }): Promise<Product> {
    return this.calls.shop<Product>("product", name);
  }

  async put(variant: number, quantity: number, what: string): Promise<boolean> {
    const before = this.get().cart?.pieces ?? 0;
    const cart = await this.press(what, "cart/put", { variant, quantity });
    if (!cart) return false;
    clearTimeout(this.addedEnds);
    this.set({ added: what });
    this.addedEnds = setTimeout(() => this.set({ added: null }), ADDED_MS);
    return cart.pieces > before;
  }

  change(variant: number, quantity: number): Promise<Cart | null> {
    return this.press(`line:${variant}`, "cart/change", { variant, quantity });
  }

  codes(codes: string[]): Promise<Cart | null> {
    return this.press("codes", "cart/codes", { codes });
  }

  async wish(variant: number, wished: boolean): Promise<void> {
    const done = await this.once(`wish:${variant}`, () => this.send("wishes", { variant, wished }));
    if (!done) return;
    const wishes = new Set(this.get().wishes);
    if (wished) wishes.add(variant);
    else wishes.delete(variant);
    this.set({ wishes });
  }

  async buy(): Promise<string | null> {
    const done = await this.once("buy", () => this.send<{ continue_url: string }>("cart/buy", {}));
    return done?.continue_url ?? null;
  }

  private async press(what: string, call: string, body: object): Promise<Cart | null> {
    const cart = await this.once(what, () => this.send<Cart>(call, body));
    if (!cart) return null;
    this.version += 1;
    this.take(cart);
    this.set({ told: cart });
    return cart;
  }

  /** What is to be read of the whole cart, of now and of the last press. */
  notices(): string[] {
    const { cart, told } = this.get();
    return [...new Set([...(told?.notices ?? []), ...(cart?.notices ?? [])])];
  }

  noticesOf(line: CartLine): string[] {
    const told = this.get().told?.lines.find((one) => one.variant === line.variant);
    return [...new Set([...(told?.notices ?? []), ...line.notices])];
  }

  private take(cart: Cart): void {
    this.set({ cart, wishes: cart.wishes ? new Set(cart.wishes) : this.get().wishes });
    this.onPieces(cart.pieces);
  }

  /** While a press is under way the same press does nothing. */
  private async once<T>(what: string, act: () => Promise<T>): Promise<T | null> {
    if (this.get().busy.has(what)) return null;
    this.set({ busy: new Set([...this.get().busy, what]), fault: null });
    try {
      return await act();
    } catch (error) {
      this.fail(what, error);
      return null;
    } finally {
      this.set({ busy: new Set([...this.get().busy].filter((one) => one !== what)) });
    }
  }

  /** A press keeps its key when the network swallowed the answer: it is tried once more and has one effect. */
  private async send<T>(call: string, body: object): Promise<T> {
    const pressed = { ...body, key: newClientId() };
    try {
      return await this.calls.sell<T>(call, pressed);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 0) throw error;
      return await this.calls.sell<T>(call, pressed);
    }
  }

  private fail(what: string, error: unknown): void {
    const status = error instanceof ApiError ? error.status : 0;
    const fault = status === 429 ? "tooMany" : status === 0 || status >= 500 ? "offline" : "notPossible";
    this.set({ fault: { what, fault } });
    if (fault === "notPossible") this.lookSoon();
  }
}
