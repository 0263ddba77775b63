// Where the checkout stands: its part of the program comes when somebody first goes to buy.
import type { Controller } from "../controller";
import { useWords } from "../words";
import { useLazy } from "./lazy";
import { SheetFrame } from "./Sheets";

export function CheckoutSlot({ controller }: { controller: Controller }) {
  const { t } = useWords();
  const { till } = controller;
  const Sheet = useLazy(true, () => import("../checkout/CheckoutSheet").then((part) => part.CheckoutSheet));
  if (Sheet && Sheet !== "failed") return <Sheet controller={controller} />;
  const back = { words: t("openCart"), go: () => till.open({ kind: "cart" }) };
  return (
    <SheetFrame till={till} title={t("checkout")} whole back={back}>
      {Sheet === "failed" ? (
        <p class="sheet-note" role="alert">
          {t("unreachable")}
        </p>
      ) : (
        <div class="sheet-wait" role="status">
          <span class="unseen">{t("loading")}</span>
          <div class="bone bone-tall" />
          <div class="bone bone-tall" />
        </div>
      )}
    </SheetFrame>
  );
}
