// One of several, in little room.
import { useId } from "preact/hooks";

interface PickProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly Value[];
  words: (option: Value) => string;
  onValue: (value: Value) => void;
}

export function Pick<Value extends string>({ label, value, options, words, onValue }: PickProps<Value>) {
  const id = useId();
  return (
    <div class="setting">
      <label for={id}>{label}</label>
      <select id={id} class="input" value={value} onChange={(event) => onValue(event.currentTarget.value as Value)}>
        {options.map((one) => (
          <option key={one} value={one}>
            {words(one)}
          </option>
        ))}
      </select>
    </div>
  );
}

/** One of a few, all of them seen. */
export function Segments<Value extends string>({ label, value, options, words, onValue }: PickProps<Value>) {
  const name = useId();
  return (
    <fieldset class="setting">
      <legend>{label}</legend>
      <span class="segments">
        {options.map((one) => (
          <label key={one} class="segment">
            <input type="radio" name={name} checked={one === value} onChange={() => onValue(one)} />
            {words(one)}
          </label>
        ))}
      </span>
    </fieldset>
  );
}

interface TickProps {
  words: string;
  value: boolean;
  onValue: (value: boolean) => void;
  disabled?: boolean;
}

export function Tick({ words, value, onValue, disabled }: TickProps) {
  return (
    <label class="option">
      <input type="checkbox" checked={value} disabled={disabled} onChange={(event) => onValue(event.currentTarget.checked)} />
      <span>{words}</span>
    </label>
  );
}
