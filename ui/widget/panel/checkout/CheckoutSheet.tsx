// Buying in the panel: one step at a time, each kept by the server when it is left.
import { useEffect, useState } from "preact/hooks";
import { useValue } from "../../../kit/state";
import type { Controller } from "../controller";
import { SheetFrame } from "../shop/Sheets";
import { AddressStep } from "./AddressStep";
import { Away, Ended, Waiting } from "./Between";
import "./checkout.css";
import { DeliveryStep } from "./DeliveryStep";
import { Done } from "./Done";
import { Page } from "./Page";
import { PaymentStep } from "./PaymentStep";
import { Purchase } from "./purchase";
import { ReviewStep } from "./ReviewStep";
import type { At } from "./StepFrame";
import { STEPS } from "./wire";
import { useCheckoutWords } from "./words";

export function CheckoutSheet({ controller }: { controller: Controller }) {
  const [purchase] = useState(() => purchaseOf(controller));
  const { t } = useCheckoutWords();
  useEffect(() => {
    const { checkout } = purchase.get();
    const over = checkout?.state === "expired" || checkout?.state === "canceled";
    void purchase.begin(over ? checkout.id : undefined);
  }, []);
  useLookWhenBack(purchase);
  return (
    <SheetFrame till={controller.till} title={t("title")} whole back={useBack(controller, purchase)} bare>
      <View controller={controller} purchase={purchase} />
    </SheetFrame>
  );
}

function View(at: At) {
  const { purchase } = at;
  const { checkout } = useValue(purchase);
  if (!checkout) return <Opening {...at} />;
  switch (checkout.state) {
    case "completed":
      return <Done {...at} checkout={checkout} />;
    case "expired":
    case "canceled":
      return <Ended {...at} checkout={checkout} />;
    case "completing":
      return <Waiting {...at} />;
    case "needs_buyer":
    case "needs_auth":
      if (purchase.get().at === null) return <Away {...at} checkout={checkout} />;
  }
  switch (purchase.step) {
    case "address":
      return <AddressStep {...at} checkout={checkout} />;
    case "delivery":
      return <DeliveryStep {...at} checkout={checkout} />;
    case "payment":
      return <PaymentStep {...at} checkout={checkout} />;
    case "review":
      return <ReviewStep {...at} checkout={checkout} />;
  }
}

/** Where the arrow leads: a step back, from the first to the cart; nowhere once nothing can be filled in. */
function useBack({ till }: Controller, purchase: Purchase) {
  const { t } = useCheckoutWords();
  const { checkout, at } = useValue(purchase);
  if (checkout && at === null && !["open", "ready"].includes(checkout.state)) return undefined;
  const before = checkout ? STEPS[STEPS.indexOf(purchase.step) - 1] : undefined;
  return {
    words: before ? t("backTo", { step: t(before) }) : t("backToCart"),
    go: () => void ((checkout && purchase.back()) || till.open({ kind: "cart" })),
  };
}

/** What was not finished goes on; what was bought is not shown again. */
function purchaseOf({ till, calls, panel, around }: Controller): Purchase {
  if (till.purchase?.get().checkout?.state === "completed") till.purchase = null;
  const scope = `${calls.inbox}.${panel.get().session?.visitor ?? ""}`;
  till.purchase ??= new Purchase(calls, { renew: around.renew, scope });
  return till.purchase;
}

/** Back from the payment company's tab: the word of the stream may be slower than the reader. */
function useLookWhenBack(purchase: Purchase): void {
  useEffect(() => {
    const look = () => {
      const state = purchase.get().checkout?.state;
      if (document.visibilityState === "visible" && (state === "needs_buyer" || state === "needs_auth"))
        void purchase.look();
    };
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
}

function Opening({ purchase }: At) {
  const { t } = useCheckoutWords();
  const { trouble } = useValue(purchase);
  return (
    <Page>
      {trouble ? (
        <div class="sheet-note" role="alert">
          <p>{t(trouble)}</p>
          <button class="button button-line" type="button" onClick={() => void purchase.begin()}>
            {t("tryAgain")}
          </button>
        </div>
      ) : (
        <div class="sheet-wait" role="status">
          <span class="unseen">{t("loading")}</span>
          <div class="bone bone-tall" />
          <div class="bone bone-tall" />
        </div>
      )}
    </Page>
  );
}
