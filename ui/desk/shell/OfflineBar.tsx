// Says that the connection is gone, what that means, and when the next try is.
import { useEffect, useState } from "preact/hooks";
import { Glyph } from "../icons";
import { useDesk } from "../state/desk-context";
import { useStore } from "../state/store";
import { hour, useNow } from "../words/time";
import { useLanguage, useWords } from "../words/words";

/** A reconnect that takes no time is nobody's business. */
const SHOW_AFTER_MS = 1500;

export function OfflineBar() {
  const t = useWords();
  const language = useLanguage();
  const desk = useDesk();
  const { state, heardAt } = useStore(desk.line, (line) => line);
  const off = state.kind === "waiting" || state.kind === "connecting";
  const [shown, setShown] = useState(false);
  useNow(1000);
  useEffect(() => {
    if (!off) return setShown(false);
    const timer = setTimeout(() => setShown(true), SHOW_AFTER_MS);
    return () => clearTimeout(timer);
  }, [off]);
  if (!shown) return null;
  const wait = state.kind === "waiting" ? Math.max(0, Math.ceil((state.retryAt - Date.now()) / 1000)) : null;
  return (
    <div class="offline">
      <Glyph name="offline" size={16} />
      <p role="status">
        <b>{t("desk.offline.title")}</b> {t("desk.offline.text")}{" "}
        <span class="offline-last">
          {t("desk.offline.last", { time: hour(new Date(heardAt).toISOString(), language) })}
        </span>
      </p>
      <span class="offline-next figures">{wait === null ? t("desk.offline.trying") : t("desk.offline.in", { n: wait })}</span>
      {wait !== null && (
        <button type="button" class="link" onClick={() => desk.reconnect()}>
          {t("desk.offline.now")}
        </button>
      )}
    </div>
  );
}
