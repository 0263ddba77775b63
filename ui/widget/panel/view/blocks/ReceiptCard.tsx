// What was bought, line by line, and the total as the records add it up: nothing is calculated here.
import { money } from "../../../../kit/locale";
import type { Receipt, ReceiptLine } from "../../../../kit/types";
import { useWords } from "../../words";
import { LinkRow } from "./LinkCard";

export function ReceiptCard({ receipt }: { receipt: Receipt }) {
  const { t, language } = useWords();
  const rows = [...receipt.lines, ...(receipt.entries ?? [])];
  return (
    <section class="card receipt">
      <header>
        <h2>{t(receipt.number ? "receipt" : "cart")}</h2>
        {receipt.number && <p class="figures">{t("orderNumber", { number: receipt.number })}</p>}
      </header>
      <dl class="figures">
        {rows.map((row, at) => (
          <div key={at}>
            <dt>{labelOf(row)}</dt>
            <dd>{money(row.total, language)}</dd>
          </div>
        ))}
        <div class="receipt-total">
          <dt>{t("total")}</dt>
          <dd>{money(receipt.total, language)}</dd>
        </div>
      </dl>
      {receipt.taxes?.map((tax) => (
        <p key={tax} class="receipt-tax figures">
          {tax}
        </p>
      ))}
      <LinkRow url={receipt.url} text={t("details")} />
    </section>
  );
}

function labelOf({ title, quantity }: ReceiptLine): string {
  return quantity > 1 ? `${title} × ${quantity}` : title;
}
