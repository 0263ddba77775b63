// A person was asked for: how long it takes as far as is known, who is before, or when the shop opens; what is not lost.
import { useEffect } from "preact/hooks";
import { day, time } from "../../../kit/locale";
import { Icon } from "../../../kit/icons";
import type { Wait } from "../../../kit/types";
import type { Controller } from "../controller";
import { useWords, type Words } from "../words";

/** Those before are answered without a word to this one: it is asked for while it is looked at. */
const AGAIN_MS = 30_000;

export function Waiting({ wait, controller }: { wait: Wait | null; controller: Controller }) {
  const words = useWords();
  const { t } = words;
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === "visible" && void controller.lookAtWait(), AGAIN_MS);
    return () => clearInterval(timer);
  }, [controller]);
  return (
    <section class="card waiting" role="status">
      <div class="waiting-head">
        <span class="avatar avatar-36 avatar-person person-1">
          <Icon name="people" />
        </span>
        <div>
          <h2>{t("waitingTitle")}</h2>
          <p class="figures">{waitWords(wait, words)}</p>
        </div>
      </div>
      <ul class="checks">
        {wait !== null && wait.ahead > 0 && (
          <li class="figures">
            <Icon name="people" size={16} />
            {t("waitingAhead", { n: wait.ahead })}
          </li>
        )}
        <li>
          <Icon name="check" size={16} />
          {t("waitingKept")}
        </li>
        <li>
          <Icon name="check" size={16} />
          {t("waitingPlace")}
        </li>
      </ul>
    </section>
  );
}

function waitWords(wait: Wait | null, { t, language }: Words): string {
  if (wait?.again) return t("waitingAgain", { when: `${day(wait.again, language)} ${time(wait.again, language)}` });
  return wait?.minutes ? t("waitingFor", { n: wait.minutes }) : t("waitingText");
}
