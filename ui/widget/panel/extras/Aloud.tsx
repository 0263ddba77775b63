// The button that has new messages read aloud. It is there where the browser can, and Escape silences it.
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../../../kit/icons";
import type { PanelState } from "../state";
import { canRead, hush, read, readsAloud, setAloud, spoken } from "../voice/aloud";
import { useWords } from "../words";

export function Aloud({ state }: { state: PanelState }) {
  const { t, language } = useWords();
  const [on, setOn] = useState(readsAloud);
  const newest = useRef("");
  const last = state.messages.at(-1);
  const place = last ? `${last.conversation}:${last.seq}` : "";
  useEffect(() => {
    const fresh = place !== newest.current && newest.current !== "";
    newest.current = place;
    if (on && fresh && state.open && last?.direction === "out") read(spoken(last), language);
  }, [place]);
  useEffect(() => {
    if (!state.open) hush();
  }, [state.open]);
  useEffect(() => {
    const stop = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || !canRead() || !speechSynthesis.speaking) return;
      event.stopImmediatePropagation();
      hush();
    };
    window.addEventListener("keydown", stop, true);
    return () => window.removeEventListener("keydown", stop, true);
  }, []);
  if (!canRead()) return null;
  return (
    <button
      class={on ? "icon-button aloud-on" : "icon-button"}
      type="button"
      aria-pressed={on}
      aria-label={t("aloud")}
      title={t("aloud")}
      onClick={() => {
        setAloud(!on);
        setOn(!on);
      }}
    >
      <Icon name="speaker" size={24} />
    </button>
  );
}
