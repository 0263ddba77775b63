// A password that is typed.
import { useId } from "preact/hooks";

interface SecretProps {
  label: string;
  value: string;
  autocomplete: "current-password" | "new-password";
  hint?: string;
  onValue: (value: string) => void;
}

export function SecretField({ label, value, autocomplete, hint, onValue }: SecretProps) {
  const id = useId();
  return (
    <div class="setting">
      <label for={id}>{label}</label>
      <input
        id={id}
        class="input"
        type="password"
        autocomplete={autocomplete}
        maxLength={1000}
        value={value}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
      {hint && (
        <p class="quiet field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
