// The form's twins at providers: what to publish there, and which flow it is then.
import { useState } from "preact/hooks";
import { Glyph } from "../../icons";
import { useWords } from "../../words/words";
import { TextField } from "../Field";
import { type Act, useAct } from "../parts/act";
import { Copied, Outcome, Save } from "../parts/Parts";
import { Pick } from "../parts/Pick";
import { type Flow, type FlowInbox, type InBoth, keepFlows, type ShopForm, toldFlow } from "./forms";

const LANGUAGES: readonly (keyof InBoth)[] = ["ja", "en"];

interface FlowsProps {
  form: ShopForm;
  inboxes: readonly FlowInbox[];
  onKept: () => void;
}

export function FlowsPart({ form, inboxes, onKept }: FlowsProps) {
  const t = useWords();
  const act = useAct();
  const [flows, setFlows] = useState<Flow[]>(form.flows);
  const whole = flows.every((one) => /^\d{1,30}$/.test(one.flow_id.trim()) && /^\w{1,80}$/.test(one.screen.trim()));
  const set = (at: number, one: Flow) => setFlows(flows.map((other, place) => (place === at ? one : other)));
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    if (whole && (await act.run(() => keepFlows(form.id, flows), t("flow.kept")))) onKept();
  };
  return (
    <form class="line-open settings-form-one" onSubmit={save} aria-label={t("flow.title")}>
      <h3>{t("flow.title")}</h3>
      <p class="quiet">{t("flow.lead")}</p>
      {LANGUAGES.map((language) => (
        <Told key={language} form={form} inbox={inboxes[0]!.id} language={language} act={act} />
      ))}
      {flows.map((one, at) => (
        <fieldset key={at} class="form-question">
          <legend>{t("flow.n", { n: at + 1 })}</legend>
          <FlowFields one={one} inboxes={inboxes} onChange={(next) => set(at, next)} />
          {one.fits === false && <p class="fault">{t("flow.stale")}</p>}
          <button type="button" class="act act-bare" onClick={() => setFlows(flows.filter((_, place) => place !== at))}>
            {t("flow.drop")}
          </button>
        </fieldset>
      ))}
      <button type="button" class="act" disabled={flows.length >= 20} onClick={() => setFlows([...flows, { inbox: inboxes[0]!.id, language: "ja", flow_id: "", screen: "FORM" }])}>
        <Glyph name="plus" size={16} />
        {t("flow.add")}
      </button>
      <Outcome act={act} />
      <div class="part-foot">
        <Save act={act} words={t("flow.keep")} clean={!whole} />
      </div>
    </form>
  );
}

function FlowFields({ one, inboxes, onChange }: { one: Flow; inboxes: readonly FlowInbox[]; onChange: (one: Flow) => void }) {
  const t = useWords();
  const change = (part: Partial<Flow>) => onChange({ ...one, fits: undefined, ...part });
  const named = (id: string) => inboxes.find((box) => String(box.id) === id)?.name ?? id;
  return (
    <>
      <div class="pair">
        <Pick label={t("flow.inbox")} value={String(one.inbox)} options={inboxes.map((box) => String(box.id))} words={named} onValue={(id) => change({ inbox: Number(id) })} />
        <Pick label={t("flow.language")} value={one.language} options={LANGUAGES} words={(language) => t(`flow.language.${language}`)} onValue={(language) => change({ language })} />
      </div>
      <div class="pair">
        <TextField label={t("flow.id")} value={one.flow_id} most={30} onValue={(flow_id) => change({ flow_id })} />
        <TextField label={t("flow.screen")} value={one.screen} most={80} onValue={(screen) => change({ screen })} />
      </div>
    </>
  );
}

function Told({ form, inbox, language, act }: { form: ShopForm; inbox: number; language: keyof InBoth; act: Act }) {
  const t = useWords();
  const [text, setText] = useState<string | null>(null);
  const words = { language: t(`flow.language.${language}`) };
  const show = () => act.run(async () => setText(JSON.stringify((await toldFlow(form.id, inbox, language)).flow, null, 2)));
  if (text !== null) return <Copied label={t("flow.make", words)} text={text} lines={8} />;
  return (
    <button type="button" class="act" onClick={() => void show()}>
      {t("flow.make.show", words)}
    </button>
  );
}
