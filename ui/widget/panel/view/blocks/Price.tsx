import { money } from "../../../../kit/locale";
import type { Money } from "../../../../kit/types";
import { useWords } from "../../words";

interface Props {
  price: Money;
  old?: Money | null;
}

/** Every price a shopper sees has its tax in it. */
export function Price({ price, old }: Props) {
  const { t, language } = useWords();
  const lowered = old && old.currency === price.currency && old.amount_minor > price.amount_minor;
  return (
    <span class="price figures">
      <strong>{money(price, language)}</strong>
      {!lowered && <small>{t("taxIncluded")}</small>}
      {lowered && (
        <s>
          <span class="unseen">{t("oldPrice")} </span>
          {money(old, language)}
        </s>
      )}
    </span>
  );
}
