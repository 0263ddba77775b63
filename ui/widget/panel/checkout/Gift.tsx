// Wrapping and card; folded away until somebody wants it.
import { useId, useState } from "preact/hooks";
import { Icon } from "../../../kit/icons";
import { money } from "../../../kit/locale";
import type { Checkout } from "./wire";
import { useCheckoutWords } from "./words";

interface Choice {
  wrap: string;
  message: string;
}

interface Props {
  wraps: Checkout["delivery"]["wraps"];
  gift: Choice;
  onChange: (gift: Choice) => void;
}

export function Gift({ wraps, gift, onChange }: Props) {
  const { t, language } = useCheckoutWords();
  const id = useId();
  const [open, setOpen] = useState(Boolean(gift.wrap || gift.message));
  const none = { code: "", title: t("noWrap"), amount: null };
  return (
    <details class="buy-gift" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {t("gift")}
        <Icon name="down" size={16} />
      </summary>
      {wraps.length > 0 && (
        <fieldset class="buy-choices">
          <legend>{t("wrap")}</legend>
          {[none, ...wraps].map(({ code, title, amount }) => (
            <label key={code} class="buy-choice">
              <input type="radio" name="wrap" checked={gift.wrap === code} onChange={() => onChange({ ...gift, wrap: code })} />
              <span>
                {title} {amount && <small class="figures">{amount.amount_minor ? `+${money(amount, language)}` : t("free")}</small>}
              </span>
            </label>
          ))}
        </fieldset>
      )}
      <div class="buy-field">
        <label for={id}>
          {t("message")} <small>{t("optional")}</small>
        </label>
        <textarea
          id={id}
          name="message"
          rows={3}
          maxLength={500}
          value={gift.message}
          onInput={(event) => onChange({ ...gift, message: event.currentTarget.value })}
        />
      </div>
    </details>
  );
}
