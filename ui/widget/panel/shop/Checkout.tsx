// The way to the checkout, a page of its own in another tab: it must be the shopper's own page with its own cookies,
// and never a frame in a shop's page. The chat stays open and hears how it went.
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
  const [address, setAddress] = useState<string | null>(null);
  const go = async () => {
    if (busy.has("buy")) return;
    // Opened within the press: later the browser would take it for a pop-up.
    const tab = window.open("", "_blank");
    if (tab) tab.opener = null;
    const url = await till.buy();
    if (!url) return tab?.close();
    if (tab) tab.location.replace(url);
    setAddress(url);
  };
  return (
    <>
      <FaultLine till={till} what="buy" />
      {address ? (
        <a class="button button-main button-wide" href={address} target="_blank" rel="noopener">
          {t("checkoutAgain")}
          <Icon name="open" size={16} />
        </a>
      ) : (
        <button class="button button-main button-wide figures" type="button" aria-busy={busy.has("buy")} onClick={go}>
          {t("checkout")} {cart.total && money(cart.total, language)}
        </button>
      )}
      <p class="sheet-small" role="status">
        {t(address ? "checkoutOpened" : "checkoutNote")}
      </p>
    </>
  );
}
