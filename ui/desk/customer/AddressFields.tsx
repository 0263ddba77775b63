import { useWords } from "../words/words";
import type { PostalAddress } from "./shopping";

export const NO_ADDRESS: PostalAddress = {
  name: "", postal_code: "", region: "", city: "", line1: "", line2: "", country: "JP", phone: "", kana: "",
};

const FIELDS = ["name", "kana", "postal_code", "region", "city", "line1", "line2", "phone"] as const;

interface FieldsProps {
  address: PostalAddress;
  onChange: (address: PostalAddress) => void;
}

/** It is the customer's address: the browser must not fill in the agent's own. */
export function AddressFields({ address, onChange }: FieldsProps) {
  const t = useWords();
  // Names are read aloud in one way only outside Japan.
  const asked = FIELDS.filter((name) => name !== "kana" || address.country === "JP" || address.kana);
  return (
    <div class="form">
      {asked.map((name) => (
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
