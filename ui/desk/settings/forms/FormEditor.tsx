// Writing a form: its words in both languages, its questions in their order.
import { useState } from "preact/hooks";
import { Glyph } from "../../icons";
import { useWords } from "../../words/words";
import { TextField } from "../Field";
import { useAct } from "../parts/act";
import { Fault, Save, Twice } from "../parts/Parts";
import { Pick, Tick } from "../parts/Pick";
import { chooses, dropForm, emptyForm, emptyQuestion, type FormBody, type InBoth, keepForm, KINDS, type Question, type ShopForm, withLines } from "./forms";

interface EditorProps {
  known: ShopForm | null;
  onDone: () => void;
  onLeave: () => void;
}

export function FormEditor({ known, onDone, onLeave }: EditorProps) {
  const t = useWords();
  const act = useAct();
  const [body, setBody] = useState<FormBody>(known ?? emptyForm());
  const change = (part: Partial<FormBody>) => setBody({ ...body, ...part });
  const { questions } = body;
  const set = (at: number, one: Question) => change({ questions: questions.map((other, place) => (place === at ? one : other)) });
  const move = (at: number, by: number) => {
    const next = [...questions];
    next.splice(at + by, 0, ...next.splice(at, 1));
    change({ questions: next });
  };
  const said = (words: InBoth) => Boolean(words.ja.trim() || words.en.trim());
  const whole = said(body.title) && questions.length > 0 && questions.every((one) => said(one.label));
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!whole) return;
    const { title, intro, thanks } = body;
    if (await act.run(() => keepForm(known?.id ?? null, { title, intro, thanks, questions }))) onDone();
  };
  return (
    <form class="line-open settings-form-one" onSubmit={save} aria-label={t("form.title")}>
      <Both what={t("form.name")} value={body.title} most={80} onValue={(title) => change({ title })} />
      <Both what={t("form.intro")} value={body.intro} lines={2} most={500} onValue={(intro) => change({ intro })} />
      {questions.map((one, at) => (
        <fieldset key={at} class="form-question">
          <legend>{t("form.question", { n: at + 1 })}</legend>
          <QuestionFields one={one} onChange={(next) => set(at, next)} />
          <span class="line-acts">
            <button type="button" class="icon-button" aria-label={t("form.up", { n: at + 1 })} disabled={at === 0} onClick={() => move(at, -1)}>
              <Glyph name="up" size={16} />
            </button>
            <button type="button" class="icon-button" aria-label={t("form.down", { n: at + 1 })} disabled={at === questions.length - 1} onClick={() => move(at, 1)}>
              <Glyph name="down" size={16} />
            </button>
            <button type="button" class="act act-bare" disabled={questions.length === 1} onClick={() => change({ questions: questions.filter((_, place) => place !== at) })}>
              {t("form.drop")}
            </button>
          </span>
        </fieldset>
      ))}
      <button type="button" class="act" disabled={questions.length >= 20} onClick={() => change({ questions: [...questions, emptyQuestion()] })}>
        <Glyph name="plus" size={16} />
        {t("form.add")}
      </button>
      <Both what={t("form.thanks")} value={body.thanks} lines={2} most={500} hint={t("form.thanks.hint")} onValue={(thanks) => change({ thanks })} />
      <Fault words={act.fault} />
      <div class="part-foot">
        {known && (
          <Twice
            words={t("settings.remove")}
            sure={t("form.sure")}
            disabled={act.busy}
            onSure={() => void act.run(() => dropForm(known.id)).then((gone) => gone && onDone())}
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

function QuestionFields({ one, onChange }: { one: Question; onChange: (one: Question) => void }) {
  const t = useWords();
  const change = (part: Partial<Question>) => onChange({ ...one, ...part });
  const lines = (language: keyof InBoth) => one.options.map((option) => option[language]).join("\n");
  return (
    <>
      <Both what={t("form.label")} value={one.label} most={120} onValue={(label) => change({ label })} />
      <div class="pair">
        <Pick label={t("form.kind")} value={one.kind} options={KINDS} words={(kind) => t(`form.kind.${kind}`)} onValue={(kind) => change({ kind })} />
        <Tick words={t("form.required")} value={one.required} onValue={(required) => change({ required })} />
      </div>
      {chooses(one.kind) && (
        <div class="pair">
          <TextField label={t("form.inJa", { what: t("form.options") })} lang="ja" lines={3} most={2500} value={lines("ja")} onValue={(text) => change({ options: withLines(one.options, "ja", text) })} />
          <TextField label={t("form.inEn", { what: t("form.options") })} lang="en" lines={3} most={2500} value={lines("en")} onValue={(text) => change({ options: withLines(one.options, "en", text) })} />
        </div>
      )}
      <Both what={t("form.hint")} value={one.hint} most={120} onValue={(hint) => change({ hint })} />
    </>
  );
}

interface BothProps {
  what: string;
  value: InBoth;
  most: number;
  lines?: number;
  hint?: string;
  onValue: (value: InBoth) => void;
}

function Both({ what, value, most, lines, hint, onValue }: BothProps) {
  const t = useWords();
  return (
    <div class="pair">
      <TextField label={t("form.inJa", { what })} lang="ja" value={value.ja} most={most} lines={lines} hint={hint} onValue={(ja) => onValue({ ...value, ja })} />
      <TextField label={t("form.inEn", { what })} lang="en" value={value.en} most={most} lines={lines} onValue={(en) => onValue({ ...value, en })} />
    </div>
  );
}
