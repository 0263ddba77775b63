// Setting an inbox up, from the channel's own guide: what to do there, what to enter here, tried before it is kept.
import { useState } from "preact/hooks";
import { useChannelName, useLanguage, useWords } from "../../words/words";
import { TextField } from "../Field";
import { useAct } from "../parts/act";
import { Outcome, Part, Save } from "../parts/Parts";
import { openSettings } from "../place";
import { areWhole, Credentials, Origins, originsOf } from "./Credentials";
import { type ChannelKind, type Inbox, setUp, type Trouble, troublesOf, tryOut, type Values } from "./inboxes";
import { Troubles } from "./Troubles";

interface SetUpProps {
  kind: ChannelKind;
  took: (one: Inbox) => void;
}

export function SetUpPart({ kind, took }: SetUpProps) {
  const t = useWords();
  const own = useLanguage();
  const act = useAct();
  const channelName = useChannelName();
  const called = channelName(kind.kind) === kind.kind ? kind.name : channelName(kind.kind);
  const [name, setName] = useState("");
  const [values, setValues] = useState<Values>({});
  const [origins, setOrigins] = useState("");
  const [troubles, setTroubles] = useState<Trouble[] | null>(null);
  const whole = areWhole(kind.fields, values);
  const write = (next: Values) => {
    setValues(next);
    setTroubles(null);
    act.clear();
  };
  const look = () => act.run(async () => setTroubles((await tryOut(kind.kind, values)).troubles));
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!whole) return;
    await act.run(async () => {
      try {
        const { inbox } = await setUp({ channel: kind.kind, name, credentials: values, origins: originsOf(origins) });
        took(inbox);
        openSettings("inboxes", String(inbox.id));
      } catch (problem) {
        const told = troublesOf(problem);
        if (told.length > 0) setTroubles(told);
        throw problem;
      }
    });
  };
  return (
    <>
      {kind.before.length > 0 && (
        <Part title={t("inboxes.step.before", { name: called })}>
          <ol class="guide-steps">
            {kind.before.map((one) => (
              <li key={one.en}>{one[own]}</li>
            ))}
          </ol>
        </Part>
      )}
      <Part title={t("inboxes.step.values", { name: called })} lead={kind.fields.some((one) => one.secret) && t("inboxes.sealed")}>
        <form class="settings-form-one" onSubmit={save} autocomplete="off">
          <TextField label={t("inboxes.name")} value={name} most={80} placeholder={kind.name} onValue={setName} />
          <Credentials fields={kind.fields} values={values} onValues={write} />
          {kind.ours && <Origins text={origins} onText={setOrigins} />}
          <Troubles troubles={troubles} well={t("inboxes.taken")} />
          <div class="part-foot">
            <Outcome act={act} />
            {kind.can_check && (
              <button type="button" class="button button-line" disabled={!whole || act.busy} onClick={() => void look()}>
                {t("inboxes.try")}
              </button>
            )}
            <Save act={act} words={t("inboxes.keep")} clean={!whole} />
          </div>
        </form>
      </Part>
    </>
  );
}
