import { useWords } from "../words/words";
import type { MovedTo } from "./shopping";

export const NO_ADDRESS: MovedTo = {
  name: "", postal_code: "", region: "", city: "", line1: "", line2: "", country: "JP", phone: "",
};

const FIELDS = ["name", "postal_code", "region", "city", "line1", "line2", "phone"] as const;

interface FieldsProps {
  address: MovedTo;
  onChange: (address: MovedTo) => void;
}

/** It is the customer's address: the browser must not fill in the agent's own. */
export function AddressFields({ address, onChange }: FieldsProps) {
  const t = useWords();
  return (
    <div class="form">
      {FIELDS.map((name) => (
        <label class="form-row" key={name}>
          {t(`desk.address.${name}`)}
          <input
            class="field"
            maxLength={200}
            autoComplete="off"
            value={address[name]}
            onInput={(event) => onChange({ ...address, [name]: event.currentTarget.value })}
          />
        </label>
      ))}
    </div>
  );
}
