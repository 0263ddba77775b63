// The connection is gone: said after three seconds, not for a blink, with the seconds until the next try.
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../../../kit/icons";
import type { PanelState } from "../state";
import { useWords } from "../words";

const QUIET_MS = 3_000;

export function Banner({ state, onNow }: { state: PanelState; onNow: () => void }) {
  const { t } = useWords();
  const now = useClock(state.cutAt !== null);
  const cut = state.session && state.cutAt !== null && now - state.cutAt >= QUIET_MS;
  const seconds = state.live.kind === "waiting" ? Math.max(1, Math.ceil((state.live.retryAt - now) / 1000)) : 0;
  return (
    <div role="status">
      {cut && (
        <div class="banner">
          <Icon name="offline" />
          <p aria-hidden="true">{seconds ? t("offlineRetry", { n: seconds }) : t("offline")}</p>
          {/* The countdown is for the eye; a reader hears it once. */}
          <span class="unseen">{t("offline")}</span>
          <button class="banner-now" type="button" onClick={onNow}>
            {t("now")}
          </button>
        </div>
      )}
    </div>
  );
}

function useClock(running: boolean): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    if (!running) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [running]);
  return now;
}
