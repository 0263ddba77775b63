// The voice of the shop: loaded, written, heard beside it, and kept.
import { useEffect, useState } from "preact/hooks";
import { ApiError } from "../../kit/api";
import { Glyph } from "../icons";
import { useDesk } from "../state/desk-context";
import { type Words, useWords } from "../words/words";
import { Preview } from "./Preview";
import { VoiceForm } from "./VoiceForm";
import { type Draft, draftOf, type Kept, keepVoice, loadVoice } from "./voice";

export function VoicePage() {
  const t = useWords();
  const { agent } = useDesk();
  const [kept, setKept] = useState<Kept | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const load = () => {
    setFault(null);
    loadVoice().then(setKept, (problem) => setFault(faultWords(t, problem)));
  };
  useEffect(load, []);
  return (
    <>
      {kept && <Editor key={agent.id} first={kept} />}
      {!kept && fault && (
        <main class="middle">
          <p role="alert">{fault}</p>
          <button type="button" class="button button-line" onClick={load}>
            {t("desk.again")}
          </button>
        </main>
      )}
      {!kept && !fault && <Bones />}
    </>
  );
}

function Editor({ first }: { first: Kept }) {
  const t = useWords();
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
    if (state === "busy") return;
    setState("busy");
    setFault(null);
    try {
      const now = await keepVoice(draft, kept.decimals);
      setKept(now);
      setDraft(draftOf(now));
      setState("kept");
    } catch (problem) {
      setFault(faultWords(t, problem));
      setState("dirty");
    }
  };
  return (
    <main class="settings-main">
      <form class="settings-form" onSubmit={save}>
        <VoiceForm draft={draft} kept={kept} change={change} />
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
            {state === "kept" && t("voice.kept")}
            {state === "dirty" && !fault && t("voice.dirty")}
          </p>
          <button type="submit" class="button button-main" aria-disabled={state === "busy" || state === "clean"}>
            {t(state === "busy" ? "voice.saving" : "voice.save")}
          </button>
        </div>
      </form>
      <Preview draft={draft} decimals={kept.decimals} first={kept.samples} />
    </main>
  );
}

function Bones() {
  const t = useWords();
  return (
    <main class="settings-main" aria-busy="true" aria-label={t("desk.checking")}>
      <div class="settings-form">
        {[1, 2, 3].map((one) => (
          <span key={one} class="bone settings-bone" />
        ))}
      </div>
    </main>
  );
}

function faultWords(t: Words, problem: unknown): string {
  return problem instanceof ApiError && problem.message ? problem.message : t("voice.unreachable");
}
