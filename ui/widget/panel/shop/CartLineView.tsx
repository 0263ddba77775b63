import { useState } from "preact/hooks";
import { Icon } from "../../../kit/icons";
import { money } from "../../../kit/locale";
import { useValue } from "../../../kit/state";
import { webAddress } from "../links";
import { useWords } from "../words";
import { FaultLine } from "./FaultLine";
import { Stepper } from "./Stepper";
import type { Till } from "./till";
import type { CartLine } from "./wire";

interface Props {
  line: CartLine;
  till: Till;
  onRemove: () => void;
}

export function CartLineView({ line, till, onRemove }: Props) {
  const { t, language } = useWords();
  const { busy } = useValue(till);
  const what = `line:${line.variant}`;
  const change = (count: number) => (count === 0 ? onRemove() : void till.change(line.variant, count));
  return (
    <li class="cart-line" data-gone={line.quantity === 0}>
      <Picture url={line.image_url} />
      <div class="cart-line-words">
        <h3>{line.title}</h3>
        {line.options && <p>{line.options}</p>}
        {till.noticesOf(line).map((notice) => (
          <p class="cart-notice" key={notice}>
            {notice}
          </p>
        ))}
        <FaultLine till={till} what={what} />
      </div>
      <p class="cart-line-amount figures">{line.quantity > 0 && money(line.amount, language)}</p>
      <div class="cart-line-acts">
        {line.quantity > 0 && (
          <Stepper name={line.title} count={line.quantity} least={0} most={line.most} busy={busy.has(what)} onChange={change} />
        )}
        <button class="icon-button" type="button" aria-label={t("remove", { title: line.title })} onClick={onRemove}>
          <Icon name="trash" />
        </button>
      </div>
    </li>
  );
}

function Picture({ url }: { url: string | null }) {
  const [broken, setBroken] = useState(false);
  const source = webAddress(url);
  return (
    <div class="cart-picture">
      {source && !broken ? <img src={source} alt="" onError={() => setBroken(true)} /> : <Icon name="image" size={24} />}
    </div>
  );
}
