// The postal code: at its seventh digit the address is filled in down to the town; several towns are a choice.
import { useEffect, useRef, useState } from "preact/hooks";
import { digitsOf, hyphened, type Place } from "../../../kit/postal";
import type { Calls } from "../calls";
import { Field } from "./Field";
import type { AddressValues } from "./wire";
import { useCheckoutWords } from "./words";

interface Props {
  calls: Calls;
  value: string;
  line1: string;
  /** Nothing stands where it would be filled in. */
  empty: boolean;
  wrong: string | undefined;
  onChange: (fresh: AddressValues) => void;
  onFilled: () => void;
}

export function PostalField({ calls, value, line1, empty, wrong, onChange, onFilled }: Props) {
  const { t } = useCheckoutWords();
  const [places, setPlaces] = useState<Place[] | null>(null);
  const asked = useRef(empty ? null : digitsOf(value));
  const box = useRef<HTMLDivElement>(null);
  const now = useRef(onChange);
  now.current = onChange;
  const fill = (place: Place) => {
    const fresh = { region: place.prefecture, city: place.city + place.town };
    now.current(place.street && !line1 ? { ...fresh, line1: place.street } : fresh);
    onFilled();
    setPlaces([place]);
    goOn(box.current);
  };
  useEffect(() => {
    const digits = digitsOf(value);
    if (!digits || digits === asked.current) return;
    asked.current = digits;
    calls.shop<{ places: Place[] }>("checkout/places", { code: digits }).then(
      ({ places: found }) => {
        if (asked.current !== digits) return;
        now.current({ postal_code: hyphened(digits) });
        setPlaces(found);
        if (found.length === 1) fill(found[0]!);
      },
      // Without an answer the fields are typed by hand, as they can be anyway.
      () => (asked.current = null),
    );
  }, [value]);
  const said = places && t(places.length === 0 ? "notFound" : places.length === 1 ? "filled" : "several");
  return (
    <div class="buy-postal" ref={box}>
      <Field
        name="postal_code"
        label={t("postal_code")}
        value={value}
        auto="postal-code"
        digits
        wrong={wrong}
        onChange={(postal_code) => now.current({ postal_code })}
      />
      <p class="buy-postal-said" role="status">
        {said}
      </p>
      {places && places.length > 1 && (
        <div class="buy-towns" role="group" aria-label={t("several")}>
          {places.map((place) => (
            <button key={JSON.stringify(place)} class="button button-line" type="button" onClick={() => fill(place)}>
              {place.city + place.town + place.office}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

/** To the number of the house; whoever went on already stays where they are. */
function goOn(box: HTMLElement | null): void {
  const at = document.activeElement;
  if (!box || (at && at !== document.body && !box.contains(at))) return;
  box.closest("form")?.querySelector<HTMLElement>('[name="line1"]')?.focus();
}
