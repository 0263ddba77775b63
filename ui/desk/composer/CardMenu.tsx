// What can be put beside the words: products, coupons, the customer's orders, their cart and the page to pay.
import { useEffect, useState } from "preact/hooks";
import { date, money } from "../../kit/locale";
import { Glyph } from "../icons";
import { Popover } from "../shell/Popover";
import { get } from "../state/api";
import type { OpenThread } from "../state/open-thread";
import { useStore } from "../state/store";
import { useLanguage, useWords } from "../words/words";
import { type ChosenCard, withCards } from "./cards";
import { ProductPicker } from "./ProductPicker";
import type { Coupon } from "../server";

export function CardMenus({ thread }: { thread: OpenThread }) {
  const t = useWords();
  const [picking, setPicking] = useState(false);
  const add = (cards: ChosenCard[]) =>
    thread.draft.store.set({ cards: withCards(thread.draft.store.get().cards, cards) });
  return (
    <>
      <button type="button" id="composer-products" class="tool" title={t("desk.products")} onClick={() => setPicking(true)}>
        <Glyph name="bag" size={16} />
        <span class="tool-words">{t("desk.cards.product")}</span>
      </button>
      <Popover
        id="composer-coupons"
        label={t("desk.coupons")}
        side="above"
        buttonClass="tool"
        named
        button={
          <>
            <Glyph name="ticket" size={16} />
            <span class="tool-words">{t("desk.cards.coupon")}</span>
          </>
        }
      >
        {(close) => <CouponChoices onChoose={(card) => (close(), add([card]))} />}
      </Popover>
      <Popover
        label={t("desk.cards.shopping")}
        side="above"
        buttonClass="tool"
        named
        button={
          <>
            <Glyph name="box" size={16} />
            <span class="tool-words">{t("desk.cards.order")}</span>
          </>
        }
      >
        {(close) => <ShoppingChoices thread={thread} onChoose={(card) => (close(), add([card]))} />}
      </Popover>
      {picking && (
        <ProductPicker
          onClose={() => setPicking(false)}
          onChoose={(cards) => {
            setPicking(false);
            add(cards);
            document.getElementById("composer-text")?.focus();
          }}
        />
      )}
    </>
  );
}

function CouponChoices({ onChoose }: { onChoose: (card: ChosenCard) => void }) {
  const t = useWords();
  const language = useLanguage();
  const [coupons, setCoupons] = useState<readonly Coupon[] | "failed" | null>(null);
  useEffect(() => {
    get("/api/coupons").then(
      (answer) => setCoupons(answer.coupons),
      () => setCoupons("failed"),
    );
  }, []);
  if (coupons === null) return <p class="item-none" role="status">{t("desk.cards.loading")}</p>;
  if (coupons === "failed") return <p class="item-none" role="alert">{t("desk.act.failed")}</p>;
  if (coupons.length === 0) return <p class="item-none">{t("desk.coupons.none")}</p>;
  return (
    <div class="item-scroll">
      {coupons.map((one) => {
        const least = one.least && t("desk.coupons.least", { amount: money(one.least, language) });
        const until = one.ends_at && t("desk.block.until", { date: date(one.ends_at, language) });
        return (
          <button
            key={one.code}
            type="button"
            role="menuitem"
            class="item item-tall"
            onClick={() => onChoose({ card: { type: "coupon", code: one.code }, label: one.worth, detail: one.code })}
          >
            <Glyph name="ticket" size={16} />
            <span class="item-lines">
              <b>{one.worth}</b>
              <span class="quiet figures">{[one.code, least, until].filter(Boolean).join(" · ")}</span>
            </span>
          </button>
        );
      })}
    </div>
  );
}

function ShoppingChoices({ thread, onChoose }: { thread: OpenThread; onChoose: (card: ChosenCard) => void }) {
  const t = useWords();
  const language = useLanguage();
  const { orders, cart } = useStore(thread.shopping.store, (state) => state);
  useEffect(() => void thread.shopping.load(), [thread]);
  const lines = cart?.lines.length ?? 0;
  return (
    <div class="item-scroll">
      {orders.map((one) => (
        <button
          key={one.id}
          type="button"
          role="menuitem"
          class="item item-tall"
          onClick={() =>
            onChoose({ card: { type: "order", order: one.id }, label: t("desk.block.order", { number: one.number }), detail: one.state_words })
          }
        >
          <Glyph name="box" size={16} />
          <span class="item-lines">
            <b>{t("desk.block.order", { number: one.number })}</b>
            <span class="quiet figures">{`${one.state_words} · ${money(one.total, language)}`}</span>
          </span>
        </button>
      ))}
      {orders.length === 0 && <p class="item-none">{t("desk.orders.none")}</p>}
      {cart && lines > 0 && (
        <>
          <button
            type="button"
            role="menuitem"
            class="item"
            onClick={() => onChoose({ card: { type: "cart" }, label: t("desk.cards.cart"), detail: money(cart.total, language) })}
          >
            <Glyph name="bag" size={16} />
            {t("desk.cards.cart")}
          </button>
          <button
            type="button"
            role="menuitem"
            class="item"
            onClick={() => onChoose({ card: { type: "checkout" }, label: t("desk.cards.checkout"), detail: money(cart.total, language) })}
          >
            <Glyph name="wallet" size={16} />
            {t("desk.cards.checkout")}
          </button>
        </>
      )}
    </div>
  );
}
