// What was bought, line by line, and the total as the records add it up: nothing is calculated here.
import { money } from "../../../../kit/locale";
import type { Line, Receipt } from "../../../../kit/types";
import { useWords } from "../../words";
import { LinkRow } from "./LinkCard";

export function ReceiptCard({ receipt }: { receipt: Receipt }) {
  const { t, language } = useWords();
  const rows = [...(receipt.lines ?? []), ...(receipt.entries ?? [])];
  return (
    <section class="card receipt">
      <header>
        <h2>{receipt.title ?? receipt.alt_text}</h2>
        {receipt.order_number && <p class="figures">{t("orderNumber", { number: receipt.order_number })}</p>}
      </header>
      <dl class="figures">
        {rows.map((row, at) => (
          <div key={at}>
            <dt>{labelOf(row)}</dt>
            <dd>{amountOf(row, language)}</dd>
          </div>
        ))}
        {receipt.total && (
          <div class="receipt-total">
            <dt>{t("total")}</dt>
            <dd>{money(receipt.total, language)}</dd>
          </div>
        )}
      </dl>
      <LinkRow url={receipt.url} text={t("details")} />
    </section>
  );
}

function labelOf(line: Line): string {
  const words = line.title ?? line.label ?? "";
  return line.quantity && line.quantity > 1 ? `${words} × ${line.quantity}` : words;
}

function amountOf(line: Line, language: "ja" | "en"): string {
  const amount = line.amount ?? line.price;
  return amount ? money(amount, language) : "";
}
