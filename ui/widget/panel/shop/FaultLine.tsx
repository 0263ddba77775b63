// What went wrong with the press on this thing, and nothing when it was another.
import { useValue } from "../../../kit/state";
import { useWords } from "../words";
import type { Till } from "./till";

export function FaultLine({ till, what }: { till: Till; what: string }) {
  const { t } = useWords();
  const { fault } = useValue(till);
  if (fault?.what !== what) return null;
  return (
    <p class="fault" role="alert">
      {t(fault.fault === "tooMany" ? "pressTooMany" : fault.fault === "offline" ? "pressOffline" : "pressNotPossible")}
    </p>
  );
}
