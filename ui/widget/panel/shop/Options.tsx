// One group of radio buttons for each option. What cannot be had says why and cannot be chosen.
import { useWords } from "../words";
import { standing, type Chosen } from "./choice";
import type { Product } from "./wire";

interface Props {
  product: Product;
  chosen: Chosen;
  onChoose: (axis: number, value: string) => void;
}

export function Options({ product, chosen, onChoose }: Props) {
  return (
    <>
      {product.options.map((option, axis) => (
        <fieldset class="options" key={option.name}>
          <legend>{option.name}</legend>
          <div class="options-values">
            {option.values.map((value) => (
              <Value
                key={value}
                name={`option-${axis}`}
                value={value}
                state={standing(product, chosen, axis, value)}
                on={chosen[axis] === value}
                onChoose={() => onChoose(axis, value)}
              />
            ))}
          </div>
        </fieldset>
      ))}
    </>
  );
}

interface ValueProps {
  name: string;
  value: string;
  state: ReturnType<typeof standing>;
  on: boolean;
  onChoose: () => void;
}

function Value({ name, value, state, on, onChoose }: ValueProps) {
  const { t } = useWords();
  const why = state === "sold_out" ? t("soldOut") : state === "none" ? t("notMade") : "";
  return (
    <label class="option" data-state={state}>
      <input type="radio" name={name} value={value} checked={on} disabled={state !== "there"} onChange={onChoose} />
      <span>{value}</span>
      {why && <small>{why}</small>}
    </label>
  );
}
