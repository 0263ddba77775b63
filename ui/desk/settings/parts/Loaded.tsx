// What a page shows comes from the server: the shapes of it at first, a way to try again, then the thing itself.
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { ApiError } from "../../../kit/api";
import { useLate } from "../../shell/late";
import { type Words, useWords } from "../../words/words";

export function faultWords(t: Words, problem: unknown): string {
  return problem instanceof ApiError && problem.message && problem.status > 0 ? problem.message : t("voice.unreachable");
}

export interface Known<Data> {
  data: Data | null;
  fault: string | null;
  load: () => void;
  set: (data: Data) => void;
}

/** Loads once, and again when asked or when `again` is another value. */
export function useKnown<Data>(ask: () => Promise<Data>, again: unknown = null): Known<Data> {
  const t = useWords();
  const [data, set] = useState<Data | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    let stale = false;
    setFault(null);
    ask().then(
      (found) => !stale && set(found),
      (problem) => !stale && setFault(faultWords(t, problem)),
    );
    return () => {
      stale = true;
    };
  }, [again, round]);
  return { data, fault, load: () => setRound((n) => n + 1), set };
}

interface LoadedProps<Data> {
  known: Known<Data>;
  children: (data: Data) => ComponentChildren;
}

export function Loaded<Data>({ known, children }: LoadedProps<Data>) {
  const t = useWords();
  if (known.data !== null) return <>{children(known.data)}</>;
  if (known.fault === null) return <Bones />;
  return (
    <main class="middle">
      <p role="alert">{known.fault}</p>
      <button type="button" class="button button-line" onClick={known.load}>
        {t("desk.again")}
      </button>
    </main>
  );
}

export function Bones() {
  const t = useWords();
  const late = useLate(120);
  return (
    <main class="settings-page" aria-busy="true" aria-label={t("desk.checking")}>
      {late && [1, 2, 3].map((one) => <span key={one} class="bone settings-bone" />)}
    </main>
  );
}
