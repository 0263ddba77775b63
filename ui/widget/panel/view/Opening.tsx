// Before there is a session: nothing for a blink, then the shapes of what comes; or a way to try again.
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../../../kit/icons";
import { useWords } from "../words";

const BLINK_MS = 300;

export function Skeleton() {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), BLINK_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div class="opening" aria-busy="true">
      {late && (
        <>
          <span class="bone bone-name" />
          <span class="bone bone-tall" />
          <span class="bone bone-own" />
          <span class="bone bone-name" />
          <span class="bone" />
        </>
      )}
    </div>
  );
}

export function Unreachable({ again }: { again: () => void }) {
  const { t } = useWords();
  return (
    <div class="opening opening-words" role="alert">
      <Icon name="offline" size={24} />
      <p>{t("unreachable")}</p>
      <button class="button button-main" type="button" onClick={again}>
        {t("tryAgain")}
      </button>
    </div>
  );
}
