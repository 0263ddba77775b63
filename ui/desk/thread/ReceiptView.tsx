// What was bought, line by line, the total, and the tax in it, as the customer was shown it: nothing is calculated here.
import { money } from "../../kit/locale";
import type { Block } from "../wire";
import { useLanguage, useWords } from "../words/words";

type Receipt = Extract<Block, { type: "receipt" }>;

export function ReceiptView({ receipt }: { receipt: Receipt }) {
  const t = useWords();
  const language = useLanguage();
  return (
    <>
      {receipt.number && <p class="quiet figures">{t("desk.block.order", { number: receipt.number })}</p>}
      <dl class="sums figures">
        {[...receipt.lines, ...(receipt.entries ?? [])].map((line, at) => (
          <div key={at}>
            <dt>{labelOf(line)}</dt>
            <dd>{money(line.total, language)}</dd>
          </div>
        ))}
        <div class="sums-total">
          <dt>{t("desk.block.total")}</dt>
          <dd>{money(receipt.total, language)}</dd>
        </div>
      </dl>
      {receipt.taxes?.map((tax) => (
        <p key={tax} class="sums-tax quiet figures">
          {tax}
        </p>
      ))}
    </>
  );
}

function labelOf({ title, quantity }: Receipt["lines"][number]): string {
  return quantity > 1 ? `${title} × ${quantity}` : title;
}
