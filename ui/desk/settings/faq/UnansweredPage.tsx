// What shoppers asked and the bot could not answer, those asked most often first: answered for good, or let go.
import { useState } from "preact/hooks";
import { go } from "../../state/route";
import { ago, useNow } from "../../words/time";
import { useWords } from "../../words/words";
import { TextField } from "../Field";
import { useAct } from "../parts/act";
import { Loaded, useKnown } from "../parts/Loaded";
import { Fault, Part, Save, Twice } from "../parts/Parts";
import { closeSettings, linkTo } from "../place";
import { answerCluster, type Cluster, dismissCluster, loadUnanswered } from "./faq";

export function UnansweredPage() {
  const t = useWords();
  const known = useKnown(loadUnanswered);
  return (
    <Loaded known={known}>
      {({ unanswered }) => (
        <main class="settings-page">
          <Part title={t("settings.unanswered")} lead={t("unanswered.lead")} end={<a class="link" {...linkTo("faq")}>{t("settings.faq")}</a>}>
            {unanswered.length === 0 && <p class="quiet">{t("unanswered.none")}</p>}
            <ul class="lines">
              {unanswered.map((one) => (
                <Question key={one.id} cluster={one} onDone={() => known.set({ unanswered: unanswered.filter((other) => other.id !== one.id) })} />
              ))}
            </ul>
          </Part>
        </main>
      )}
    </Loaded>
  );
}

function Question({ cluster, onDone }: { cluster: Cluster; onDone: () => void }) {
  const t = useWords();
  const now = useNow();
  const act = useAct();
  const [open, setOpen] = useState(false);
  const [question, setQuestion] = useState(cluster.text);
  const [answer, setAnswer] = useState("");
  const others = cluster.wordings.filter((one) => one !== cluster.text);
  const where = cluster.examples[0];
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    if (answer.trim() && (await act.run(() => answerCluster(cluster.id, { answer, question })))) onDone();
  };
  return (
    <li class="line">
      <span class="line-words" lang={cluster.language}>
        <b>{cluster.text}</b>
        {others.length > 0 && <span class="quiet">{others.slice(0, 3).join(" / ")}</span>}
      </span>
      <span class="line-acts">
        <span class="chip">{t("unanswered.asked", { n: cluster.asked })}</span>
        <span class="quiet">{ago(t, cluster.last_at, now)}</span>
        {where && (
          <button
            type="button"
            class="act act-bare"
            onClick={() => {
              closeSettings();
              go({ conversation: where.conversation, query: null });
            }}
          >
            {t("unanswered.look")}
          </button>
        )}
        <button type="button" class="act" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t("unanswered.answer")}
        </button>
        <Twice words={t("unanswered.dismiss")} sure={t("unanswered.dismiss.sure")} disabled={act.busy} onSure={() => void act.run(() => dismissCluster(cluster.id)).then((ok) => ok && onDone())} />
      </span>
      <Fault words={act.fault} />
      {open && (
        <form class="line-words line-open" onSubmit={save} aria-label={t("unanswered.answer")}>
          <TextField label={t("faq.question")} value={question} most={500} lang={cluster.language} onValue={setQuestion} />
          <TextField label={t("faq.answer")} value={answer} lines={4} most={5000} lang={cluster.language} onValue={setAnswer} />
          <div class="part-foot">
            <Save act={act} words={t("unanswered.teach")} clean={!answer.trim()} />
          </div>
        </form>
      )}
    </li>
  );
}
