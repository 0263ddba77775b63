// The cart, always as the server has it: lines, coupons, what it comes to, and the way to the checkout.
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../../../kit/icons";
import { money } from "../../../kit/locale";
import { useValue } from "../../../kit/state";
import type { Money } from "../../../kit/types";
import type { Controller } from "../controller";
import { useWords } from "../words";
import { CartLineView } from "./CartLineView";
import { Checkout } from "./Checkout";
import { Coupons } from "./Coupons";
import { FaultLine } from "./FaultLine";
import { SheetFrame } from "./Sheets";
import type { Till } from "./till";
import type { Cart, CartLine } from "./wire";

const UNDO_MS = 6_000;

export function CartSheet({ controller }: { controller: Controller }) {
  const { t } = useWords();
  const { till } = controller;
  const { cart } = useValue(till);
  const [undo, remove] = useUndo(till);
  const filled = cart && cart.lines.length > 0;
  return (
    <SheetFrame
      till={till}
      title={t("cartTitle")}
      whole
      aside={cart && <span class="sheet-aside figures">{t("pieces", { n: cart.pieces })}</span>}
      foot={filled && cart.pieces > 0 && <Checkout till={till} cart={cart} />}
    >
      {!cart && <Loading till={till} />}
      {cart && !filled && <Empty till={till} />}
      {filled && (
        <>
          <ul class="cart-lines">
            {cart.lines.map((line) => (
              <CartLineView key={line.variant} line={line} till={till} onRemove={() => void remove(line)} />
            ))}
          </ul>
          <Shipping cart={cart} />
          <Coupons till={till} cart={cart} />
          <Sums cart={cart} />
        </>
      )}
      <div class="cart-undo-place" role="status">
        {undo && (
          <div class="cart-undo">
            <span>{t("removed", { title: undo.title })}</span>
            <button class="button" type="button" onClick={undo.back}>
              {t("undo")}
            </button>
          </div>
        )}
      </div>
    </SheetFrame>
  );
}

/** Taking out asks nothing, but can be taken back for a while. */
function useUndo(till: Till): [{ title: string; back: () => void } | null, (line: CartLine) => Promise<void>] {
  const [gone, setGone] = useState<CartLine | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const remove = async (line: CartLine) => {
    const done = await till.change(line.variant, 0);
    if (!done) return;
    clearTimeout(timer.current);
    setGone(line);
    timer.current = setTimeout(() => setGone(null), UNDO_MS);
    // The button that was pressed has left with its line.
    document.getElementById("sheet-title")?.focus({ preventScroll: true });
  };
  const back = () => {
    if (!gone) return;
    setGone(null);
    void till.put(gone.variant, gone.wanted, `line:${gone.variant}`);
  };
  return [gone && { title: gone.title, back }, remove];
}

function Loading({ till }: { till: Till }) {
  const { t } = useWords();
  const { fault } = useValue(till);
  if (fault?.what === "look") {
    return (
      <div class="sheet-note">
        <FaultLine till={till} what="look" />
        <button class="button button-line" type="button" onClick={() => void till.look()}>
          {t("tryAgain")}
        </button>
      </div>
    );
  }
  return (
    <div class="sheet-wait" role="status">
      <span class="unseen">{t("loading")}</span>
      <div class="bone bone-tall" />
      <div class="bone bone-tall" />
    </div>
  );
}

function Empty({ till }: { till: Till }) {
  const { t } = useWords();
  return (
    <div class="sheet-note">
      <Icon name="bag" size={24} />
      <p>{t("cartEmpty")}</p>
      <button class="button button-line" type="button" onClick={till.close}>
        {t("backToChat")}
      </button>
    </div>
  );
}

function Shipping({ cart: { shipping } }: { cart: Cart }) {
  const { t, language } = useWords();
  if (!shipping) return null;
  const reached = shipping.left.amount_minor === 0;
  const amount = money(reached ? shipping.free_from : shipping.left, language);
  return (
    <p class="cart-shipping" data-reached={reached}>
      <Icon name="truck" />
      {t(reached ? "shippingFree" : "shippingLeft", { amount })}
    </p>
  );
}

function Sums({ cart }: { cart: Cart }) {
  const { t } = useWords();
  const { subtotal, discount, tax, total } = cart;
  return (
    <dl class="cart-sums">
      {(discount || tax) && <Sum name={t("subtotal")} amount={subtotal} />}
      {discount && <Sum name={t("discount")} amount={discount} />}
      {tax && <Sum name={t("tax")} amount={tax} />}
      <div>
        <dt>{t("shipping")}</dt>
        <dd>{t(cart.shipping?.left.amount_minor === 0 ? "shippingNone" : "shippingLater")}</dd>
      </div>
      <Sum name={t("total")} note={tax ? undefined : t("taxIncluded")} amount={total} main />
    </dl>
  );
}

function Sum({ name, note, amount, main }: { name: string; note?: string | undefined; amount: Money | null; main?: boolean }) {
  const { language } = useWords();
  if (!amount) return null;
  return (
    <div class={main ? "cart-total figures" : "figures"}>
      <dt>
        {name} {note && <small>{note}</small>}
      </dt>
      <dd>{money(amount, language)}</dd>
    </div>
  );
}
