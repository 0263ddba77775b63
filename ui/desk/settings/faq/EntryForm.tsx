// Writing an entry: the question, its answer, other ways to ask it, tags.
import { useState } from "preact/hooks";
import type { Language } from "../../../kit/types";
import { useWords } from "../../words/words";
import { TextField } from "../Field";
import { useAct } from "../parts/act";
import { Fault, Save, Twice } from "../parts/Parts";
import { Pick } from "../parts/Pick";
import { listOf } from "../voice";
import { dropFaq, type FaqEntry, keepFaq } from "./faq";

interface EntryProps {
  known: FaqEntry | null;
  language: Language;
  /** With the entry as it is kept now; null when it is gone. */
  onKept: (entry: FaqEntry | null) => void;
  onLeave: () => void;
}

export function EntryForm({ known, language: first, onKept, onLeave }: EntryProps) {
  const t = useWords();
  const act = useAct();
  const [question, setQuestion] = useState(known?.question ?? "");
  const [answer, setAnswer] = useState(known?.answer ?? "");
  const [language, setLanguage] = useState<Language>(known?.language ?? first);
  const [tags, setTags] = useState(known?.tags.join(language === "ja" ? "、" : ", ") ?? "");
  const [others, setOthers] = useState(known?.alternatives.join("\n") ?? "");
  const whole = question.trim() !== "" && answer.trim() !== "";
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!whole) return;
    const alternatives = others.split("\n").map((one) => one.trim()).filter(Boolean);
    await act.run(async () => {
      const { entry } = await keepFaq(known?.id ?? null, { question, answer, language, tags: listOf(tags), alternatives });
      onKept(entry);
    });
  };
  return (
    <form class="line-open settings-form-one" onSubmit={save} aria-label={known?.question ?? t("faq.new")}>
      <TextField label={t("faq.question")} value={question} most={500} lang={language} onValue={setQuestion} />
      <TextField label={t("faq.answer")} value={answer} lines={4} most={5000} lang={language} onValue={setAnswer} />
      <TextField label={t("faq.alternatives")} value={others} lines={2} most={20000} lang={language} hint={t("faq.alternatives.hint")} onValue={setOthers} />
      <div class="pair">
        <Pick label={t("settings.language")} value={language} options={["ja", "en"] as Language[]} words={(one) => t(`voice.language.${one}`)} onValue={setLanguage} />
        <TextField label={t("faq.tags")} value={tags} onValue={setTags} />
      </div>
      <Fault words={act.fault} />
      <div class="part-foot">
        {known && (
          <Twice
            words={t("settings.remove")}
            sure={t("faq.remove.sure")}
            disabled={act.busy}
            onSure={() =>
              void act.run(async () => {
                await dropFaq(known.id);
                onKept(null);
              })
            }
          />
        )}
        <button type="button" class="button button-line" onClick={onLeave}>
          {t("settings.leave")}
        </button>
        <Save act={act} clean={!whole} />
      </div>
    </form>
  );
}
