// A page of settings that are kept as a whole: loaded, written, and kept; what is not kept is not lost unasked.
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Glyph } from "../../icons";
import { useWords } from "../../words/words";
import { faultWords, useKnown } from "./Loaded";

interface KeptPageProps<Kept, Draft> {
  /** Whose words the page speaks. */
  words: "voice" | "routing";
  class?: string;
  load: () => Promise<Kept>;
  draftOf: (kept: Kept) => Draft;
  keep: (draft: Draft, kept: Kept) => Promise<Kept>;
  onKept?: () => void;
  form: (draft: Draft, kept: Kept, change: (part: Partial<Draft>) => void) => ComponentChildren;
  beside?: (draft: Draft, kept: Kept) => ComponentChildren;
}

export function KeptPage<Kept, Draft extends object>(props: KeptPageProps<Kept, Draft>) {
  const t = useWords();
  const known = useKnown(props.load);
  if (known.data !== null) return <Editor {...props} first={known.data} />;
  if (known.fault === null) return <FormBones class={props.class} />;
  return (
    <main class="middle">
      <p role="alert">{known.fault}</p>
      <button type="button" class="button button-line" onClick={known.load}>
        {t("desk.again")}
      </button>
    </main>
  );
}

function Editor<Kept, Draft extends object>({ first, ...page }: KeptPageProps<Kept, Draft> & { first: Kept }) {
  const t = useWords();
  const [kept, setKept] = useState(first);
  const [draft, setDraft] = useState<Draft>(() => page.draftOf(first));
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
  const still = state === "busy" || state === "clean";
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    if (still) return;
    setState("busy");
    setFault(null);
    try {
      const now = await page.keep(draft, kept);
      setKept(now);
      setDraft(page.draftOf(now));
      setState("kept");
      page.onKept?.();
    } catch (problem) {
      setFault(faultWords(t, problem));
      setState("dirty");
    }
  };
  return (
    <main class={`settings-main ${page.class ?? ""}`}>
      <form class="settings-form" onSubmit={save}>
        {page.form(draft, kept, change)}
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
            {state === "kept" && t(`${page.words}.kept`)}
            {state === "dirty" && !fault && t(`${page.words}.dirty`)}
          </p>
          <button type="submit" class="button button-main" aria-disabled={still}>
            {t(state === "busy" ? `${page.words}.saving` : `${page.words}.save`)}
          </button>
        </div>
      </form>
      {page.beside?.(draft, kept)}
    </main>
  );
}

function FormBones({ class: extra = "" }: { class?: string }) {
  const t = useWords();
  return (
    <main class={`settings-main ${extra}`} aria-busy="true" aria-label={t("desk.checking")}>
      <div class="settings-form">
        {[1, 2, 3].map((one) => (
          <span key={one} class="bone settings-bone" />
        ))}
      </div>
    </main>
  );
}
