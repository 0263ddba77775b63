// The way to the checkout, in the panel; and beside it the same checkout as a page in another tab.
import { useState } from "preact/hooks";
import { Icon } from "../../../kit/icons";
import { money } from "../../../kit/locale";
import { useValue } from "../../../kit/state";
import { useWords } from "../words";
import { FaultLine } from "./FaultLine";
import type { Till } from "./till";
import type { Cart } from "./wire";

export function Checkout({ till, cart }: { till: Till; cart: Cart }) {
  const { t, language } = useWords();
  const { busy } = useValue(till);
  const [opened, setOpened] = useState(false);
  const openPage = async () => {
    if (busy.has("buy")) return;
    // Opened within the press: later the browser would take it for a pop-up.
    const tab = window.open("", "_blank");
    if (tab) tab.opener = null;
    const url = await till.buy();
    if (!url) return tab?.close();
    if (tab) tab.location.replace(url);
    setOpened(true);
  };
  return (
    <>
      <FaultLine till={till} what="buy" />
      <button class="button button-main button-wide figures" type="button" onClick={() => till.open({ kind: "checkout" })}>
        {t("checkout")} {cart.total && money(cart.total, language)}
      </button>
      <button class="sheet-page" type="button" aria-busy={busy.has("buy")} onClick={openPage}>
        {t("checkoutPage")}
        <Icon name="open" size={16} />
      </button>
      <p class="sheet-small" role="status">
        {t(opened ? "checkoutOpened" : "checkoutNote")}
      </p>
    </>
  );
}
