// How the chat looks on the shop's pages: chosen at the left, the real chat beside it, the code to paste below.
import { useState } from "preact/hooks";
import { useWords } from "../../words/words";
import { useAct } from "../parts/act";
import { Loaded, useKnown } from "../parts/Loaded";
import { Copied, Outcome, Part, Save } from "../parts/Parts";
import { linkTo } from "../place";
import { codeOf, type Draft, draftOf, isColour, keepLooks, type Kept, loadLooks } from "./looks";
import { LooksForm } from "./LooksForm";
import { LooksPreview } from "./LooksPreview";

export function LooksPage() {
  const known = useKnown<Kept>(loadLooks);
  return <Loaded known={known}>{(kept) => <Editor first={kept} />}</Loaded>;
}

function Editor({ first }: { first: Kept }) {
  const t = useWords();
  const act = useAct();
  const [kept, setKept] = useState(first);
  const [draft, setDraft] = useState<Draft>(() => draftOf(first));
  const clean = JSON.stringify(draft) === JSON.stringify(draftOf(kept));
  const sound = draft.accent.trim() === "" || isColour(draft.accent);
  const change = (part: Partial<Draft>) => {
    setDraft((now) => ({ ...now, ...part }));
    act.clear();
  };
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    if (clean || !sound) return;
    await act.run(async () => {
      const now = await keepLooks(draft);
      setKept(now);
      setDraft(draftOf(now));
    }, t("looks.kept"));
  };
  return (
    <main class="looks">
      <form class="settings-form-one" onSubmit={save}>
        <LooksForm draft={draft} change={change} />
        <div class="settings-end">
          <Outcome act={act} />
          {!clean && (
            <button type="button" class="button button-line" onClick={() => setDraft(draftOf(kept))}>
              {t("looks.undo")}
            </button>
          )}
          <Save act={act} words={t("looks.publish")} clean={clean || !sound} />
        </div>
      </form>
      <div class="looks-preview">
        <LooksPreview draft={draft} kept={kept} />
        <Part title={t("inboxes.code")} lead={t("inboxes.code.lead")}>
          {kept.inboxes.map((one) => (
            <Copied key={one.id} label={one.name} text={codeOf(one.key, draft.looks)} lines={2} />
          ))}
          <p>
            <a class="link" {...linkTo("inboxes", kept.inboxes.length > 0 ? "" : "new/web_chat")}>
              {t(kept.inboxes.length > 0 ? "looks.pages" : "looks.noChat")}
            </a>
          </p>
        </Part>
      </div>
    </main>
  );
}
