// What is to be told about the whole: what the server noticed, and what went wrong with the last press.
import { useValue } from "../../../kit/state";
import type { Purchase } from "./purchase";
import { useCheckoutWords } from "./words";

export function Told({ purchase }: { purchase: Purchase }) {
  const { t } = useCheckoutWords();
  const { checkout, trouble, wrong } = useValue(purchase);
  const count = Object.keys(wrong).length;
  const changes = checkout?.lines.flatMap((line) => line.changes.map((change) => `${line.title}: ${change}`)) ?? [];
  const told = [...(checkout?.notices.map(({ text }) => text) ?? []), ...changes];
  return (
    <div class="buy-told" role="alert">
      {trouble && <p>{t(trouble)}</p>}
      {count > 0 && <p>{t("mistakes", { n: count })}</p>}
      {[...new Set(told)].map((text) => (
        <p key={text}>{text}</p>
      ))}
    </div>
  );
}
