// Who gets it and where: fields in the order of an envelope, the town from the postal code, mistakes at their fields.
import { useEffect, useRef, useState } from "preact/hooks";
import { useValue } from "../../../kit/state";
import { type At, StepFrame } from "./StepFrame";
import { Field, SelectField } from "./Field";
import { Main } from "./Main";
import { PostalField } from "./PostalField";
import type { AddressValues, Checkout } from "./wire";
import { type Word, useCheckoutWords } from "./words";

interface Props extends At {
  checkout: Checkout;
}

const ORDER = ["saved", "country", "name", "postal_code", "region", "city", "line1", "line2", "phone", "email"];

export function AddressStep({ controller, purchase, checkout }: Props) {
  const { t } = useCheckoutWords();
  const { wrong } = useValue(purchase);
  const { saved } = checkout.address;
  const [values, setValues] = useState<AddressValues>(() => ({ ...checkout.address.values, ...purchase.draft.get() }));
  const [chosen, setChosen] = useState(() => (saved.length > 0 && !values.line1 ? "0" : "new"));
  const form = useRef<HTMLFormElement>(null);
  // Several fields may be filled in at once, before the next time it is drawn.
  const newest = useRef(values);
  const change = (fresh: AddressValues) => {
    newest.current = { ...newest.current, ...fresh };
    setValues(newest.current);
    purchase.draft.put(newest.current);
  };
  useEffect(() => {
    const first = ORDER.find((name) => name in wrong);
    if (first) form.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
  }, [wrong]);
  const send = (event: Event) => {
    event.preventDefault();
    void purchase.tellAddress(values, chosen === "new" ? "" : chosen);
  };
  return (
    <StepFrame
      controller={controller}
      purchase={purchase}
      foot={
        <Main purchase={purchase} form="buy-address">
          {t("toDelivery")}
        </Main>
      }
    >
      <form id="buy-address" class="buy-form" ref={form} noValidate onSubmit={send}>
        {saved.length > 0 && <Saved checkout={checkout} chosen={chosen} onChoose={setChosen} />}
        {chosen === "new" && (
          <Lines controller={controller} purchase={purchase} checkout={checkout} values={values} onChange={change} />
        )}
        <Field
          name="email"
          label={t("email")}
          value={values.email ?? ""}
          auto="email"
          kind="email"
          hint={t("emailWhy")}
          wrong={wrong.email}
          onChange={(email) => change({ email })}
        />
      </form>
    </StepFrame>
  );
}

interface SavedProps {
  checkout: Checkout;
  chosen: string;
  onChoose: (place: string) => void;
}

function Saved({ checkout, chosen, onChoose }: SavedProps) {
  const { t } = useCheckoutWords();
  const rows = checkout.address.saved.map((one, at) => ({ place: String(at), title: t("savedTo", one), line: one.line }));
  return (
    <fieldset class="buy-choices">
      <legend>{t("saved")}</legend>
      {[...rows, { place: "new", title: t("newAddress"), line: "" }].map(({ place, title, line }) => (
        <label key={place} class="buy-choice">
          <input type="radio" name="saved" checked={chosen === place} onChange={() => onChoose(place)} />
          <span>
            <b>{title}</b>
            {line && <small>{line}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

interface LinesProps extends Props {
  values: AddressValues;
  onChange: (fresh: AddressValues) => void;
}

/** The fields of an envelope, in the order of its country. */
function Lines({ controller, purchase, checkout, values, onChange }: LinesProps) {
  const { t } = useCheckoutWords();
  const { wrong } = useValue(purchase);
  const { countries, prefectures } = checkout.address;
  const [filled, setFilled] = useState(false);
  const text = (name: string, label: Word, auto: string, optional = false) => (
    <Field
      name={name}
      label={t(label)}
      value={values[name] ?? ""}
      auto={auto}
      optional={optional}
      wrong={wrong[name]}
      filled={filled && name === "city"}
      onChange={(value) => onChange({ [name]: value })}
    />
  );
  return (
    <>
      {countries.length > 1 && (
        <SelectField
          name="country"
          label={t("country")}
          value={values.country ?? ""}
          auto="country"
          options={countries}
          onChange={(country) => onChange({ country })}
        />
      )}
      {text("name", "name", "name")}
      {values.country === "JP" ? (
        <>
          <PostalField
            calls={controller.calls}
            value={values.postal_code ?? ""}
            line1={values.line1 ?? ""}
            empty={!values.city}
            wrong={wrong.postal_code}
            onChange={onChange}
            onFilled={() => setFilled(true)}
          />
          <SelectField
            name="region"
            label={t("region")}
            value={values.region ?? ""}
            auto="address-level1"
            options={[["", t("choose")], ...prefectures.map((one): [string, string] => [one, one])]}
            filled={filled}
            wrong={wrong.region}
            onChange={(region) => onChange({ region })}
          />
          {text("city", "city", "address-level2")}
          {text("line1", "line1", "address-line1")}
          {text("line2", "line2", "address-line2", true)}
        </>
      ) : (
        <>
          {text("line1", "street", "address-line1")}
          {text("line2", "line2", "address-line2", true)}
          {text("city", "town", "address-level2")}
          {text("region", "state", "address-level1", true)}
          {text("postal_code", "postal_code", "postal-code", true)}
        </>
      )}
      <Field
        name="phone"
        label={t("phone")}
        value={values.phone ?? ""}
        auto="tel"
        kind="tel"
        hint={t("phoneWhy")}
        wrong={wrong.phone}
        onChange={(phone) => onChange({ phone })}
      />
    </>
  );
}
