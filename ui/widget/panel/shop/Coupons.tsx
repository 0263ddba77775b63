// Coupons of the cart: those that are in it, a field for another, and why one does not work.
import { useState } from "preact/hooks";
import { Icon } from "../../../kit/icons";
import { useValue } from "../../../kit/state";
import { useWords } from "../words";
import { FaultLine } from "./FaultLine";
import type { Till } from "./till";
import type { Cart } from "./wire";

export function Coupons({ till, cart }: { till: Till; cart: Cart }) {
  const { t } = useWords();
  const { busy } = useValue(till);
  const [text, setText] = useState("");
  const notices = till.notices();
  const [open, setOpen] = useState(cart.codes.length > 0 || notices.length > 0);
  const use = async (event: Event) => {
    event.preventDefault();
    const code = text.trim();
    if (code && (await till.codes([...cart.codes, code]))) setText("");
  };
  return (
    <details class="coupons" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Icon name="ticket" />
        {t("couponEnter")}
        <Icon name="down" size={16} class="coupons-mark" />
      </summary>
      {cart.codes.length > 0 && (
        <ul class="coupons-used">
          {cart.codes.map((code) => (
            <li key={code} class="figures">
              {code}
              <button
                type="button"
                aria-label={t("couponRemove", { code })}
                onClick={() => void till.codes(cart.codes.filter((one) => one !== code))}
              >
                <Icon name="close" size={14} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <form class="coupons-form" onSubmit={use}>
        <input
          value={text}
          maxLength={64}
          autocomplete="off"
          autocapitalize="characters"
          aria-label={t("couponCode")}
          placeholder={t("couponCode")}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button class="button button-line" type="submit" disabled={!text.trim()} aria-busy={busy.has("codes")}>
          {t("couponApply")}
        </button>
      </form>
      <FaultLine till={till} what="codes" />
      <div role="status">
        {notices.map((notice) => (
          <p class="cart-notice" key={notice}>
            {notice}
          </p>
        ))}
      </div>
    </details>
  );
}
