// Routing and targets: loaded, written, and kept.
import { useEffect, useState } from "preact/hooks";
import { ApiError } from "../../../kit/api";
import { Glyph } from "../../icons";
import { useDesk } from "../../state/desk-context";
import { type Words, useWords } from "../../words/words";
import { RoutingForm } from "./RoutingForm";
import { type Draft, draftOf, type Kept, keepRouting, loadRouting } from "./routing";
import "./routing.css";

export function RoutingPage() {
  const t = useWords();
  const [kept, setKept] = useState<Kept | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const load = () => {
    setFault(null);
    loadRouting().then(setKept, (problem) => setFault(faultWords(t, problem)));
  };
  useEffect(load, []);
  return (
    <>
      {kept && <Editor first={kept} />}
      {!kept && fault && (
        <main class="middle">
          <p role="alert">{fault}</p>
          <button type="button" class="button button-line" onClick={load}>
            {t("desk.again")}
          </button>
        </main>
      )}
      {!kept && !fault && (
        <main class="settings-main routing-main" aria-busy="true" aria-label={t("desk.checking")}>
          <div class="settings-form">
            {[1, 2, 3].map((one) => (
              <span key={one} class="bone settings-bone" />
            ))}
          </div>
        </main>
      )}
    </>
  );
}

function Editor({ first }: { first: Kept }) {
  const t = useWords();
  const { attendance } = useDesk();
  const [kept, setKept] = useState(first);
  const [draft, setDraft] = useState<Draft>(() => draftOf(first));
  const [state, setState] = useState<"clean" | "dirty" | "busy" | "kept">("clean");
  const [fault, setFault] = useState<string | null>(null);
  const change = (part: Partial<Draft>) => {
    setDraft((now) => ({ ...now, ...part }));
    setState("dirty");
  };
  useEffect(() => {
    if (state !== "dirty") return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [state]);
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    if (state === "busy" || state === "clean") return;
    setState("busy");
    setFault(null);
    try {
      const now = await keepRouting(draft, kept.decimals);
      setKept(now);
      setDraft(draftOf(now));
      setState("kept");
      attendance.loadSoon();
    } catch (problem) {
      setFault(faultWords(t, problem));
      setState("dirty");
    }
  };
  return (
    <main class="settings-main routing-main">
      <form class="settings-form" onSubmit={save}>
        <RoutingForm draft={draft} kept={kept} change={change} />
        <div class="settings-end">
          <div role="alert">
            {fault && (
              <p class="fault">
                <Glyph name="alert" size={16} />
                {fault}
              </p>
            )}
          </div>
          <p class="quiet" role="status">
            {state === "kept" && t("routing.kept")}
            {state === "dirty" && !fault && t("routing.dirty")}
          </p>
          <button type="submit" class="button button-main" aria-disabled={state === "busy" || state === "clean"}>
            {t(state === "busy" ? "routing.saving" : "routing.save")}
          </button>
        </div>
      </form>
    </main>
  );
}

function faultWords(t: Words, problem: unknown): string {
  return problem instanceof ApiError && problem.message ? problem.message : t("routing.unreachable");
}
