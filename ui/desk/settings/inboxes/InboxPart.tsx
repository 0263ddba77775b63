// One inbox: how it is, where the provider reaches us, its pages and its credentials, off and on.
import { useState } from "preact/hooks";
import { ago, useNow } from "../../words/time";
import { useLanguage, useWords } from "../../words/words";
import { TextField } from "../Field";
import { useAct } from "../parts/act";
import { Copied, Outcome, Part, Save, Twice } from "../parts/Parts";
import { linkTo } from "../place";
import { Credentials, Origins, originsOf } from "./Credentials";
import { change, type ChannelKind, check, connect, type Inbox, type Trouble, troublesOf, type Values } from "./inboxes";
import { State } from "./InboxesPage";
import { Troubles } from "./Troubles";

interface InboxProps {
  box: Inbox;
  /** Null when the channel is not installed any more. */
  kind: ChannelKind | null;
  took: (one: Inbox) => void;
}

export function InboxPart({ box, kind, took }: InboxProps) {
  const t = useWords();
  const own = useLanguage();
  return (
    <>
      <Health box={box} kind={kind} took={took} />
      {box.code !== null && (
        <Part title={t("inboxes.code")} lead={t("inboxes.code.lead")} end={<a class="link" {...linkTo("looks")}>{t("settings.looks")}</a>}>
          <Copied label={t("inboxes.code")} text={box.code} lines={2} />
        </Part>
      )}
      {kind && !kind.ours && (
        <Part title={t("inboxes.webhook")} lead={kind.webhook?.[own] ?? (kind.can_connect ? t("inboxes.webhook.connect") : undefined)}>
          <Copied label={t("inboxes.webhook.address")} text={box.webhook} />
          {kind.after.length > 0 && (
            <ol class="guide-steps">
              {kind.after.map((one) => (
                <li key={one.en}>{one[own]}</li>
              ))}
            </ol>
          )}
        </Part>
      )}
      <Change box={box} kind={kind} took={took} />
      <OffAndOn box={box} took={took} />
    </>
  );
}

function Health({ box, kind, took }: InboxProps) {
  const t = useWords();
  const now = useNow();
  const act = useAct();
  const take = (work: (id: number) => Promise<{ inbox: Inbox }>) => act.run(async () => took((await work(box.id)).inbox));
  return (
    <Part title={box.name} end={<State box={box} />}>
      <Troubles troubles={box.checked_at !== null || box.troubles.length > 0 ? box.troubles : null} well={t("inboxes.allWell")} />
      <div class="part-foot">
        <Outcome act={act} />
        <span class="quiet">{box.checked_at !== null && t("inboxes.checked", { ago: ago(t, box.checked_at, now) })}</span>
        {kind?.can_check && box.active && (
          <button type="button" class="button button-line" disabled={act.busy} onClick={() => void take(check)}>
            {t("inboxes.check")}
          </button>
        )}
        {kind?.can_connect && box.active && (
          <button type="button" class="button button-main" disabled={act.busy} onClick={() => void take(connect)}>
            {t("inboxes.connect")}
          </button>
        )}
      </div>
    </Part>
  );
}

function Change({ box, kind, took }: InboxProps) {
  const t = useWords();
  const act = useAct();
  const [name, setName] = useState(box.name);
  const [values, setValues] = useState<Values>({});
  const [origins, setOrigins] = useState(box.origins.join("\n"));
  const [troubles, setTroubles] = useState<Trouble[] | null>(null);
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    setTroubles(null);
    await act.run(async () => {
      try {
        const ours = kind?.ours ? { origins: originsOf(origins) } : {};
        const { inbox } = await change(box.id, { name, credentials: values, ...ours });
        took(inbox);
        setValues({});
        setOrigins(inbox.origins.join("\n"));
      } catch (problem) {
        const told = troublesOf(problem);
        if (told.length > 0) setTroubles(told);
        throw problem;
      }
    }, t("settings.changed"));
  };
  return (
    <Part title={t("inboxes.change")} lead={kind && kind.fields.length > 0 && t("inboxes.change.lead")}>
      <form class="settings-form-one" onSubmit={save} autocomplete="off">
        <TextField label={t("inboxes.name")} value={name} most={80} onValue={setName} />
        {kind?.ours && <Origins text={origins} onText={setOrigins} />}
        {kind && <Credentials fields={kind.fields} values={values} kept={box.credentials} onValues={setValues} />}
        <Troubles troubles={troubles} well={t("inboxes.taken")} />
        <div class="part-foot">
          <Outcome act={act} />
          <Save act={act} clean={!name.trim()} />
        </div>
      </form>
    </Part>
  );
}

function OffAndOn({ box, took }: { box: Inbox; took: (one: Inbox) => void }) {
  const t = useWords();
  const act = useAct();
  const turn = (active: boolean) => act.run(async () => took((await change(box.id, { active })).inbox));
  return (
    <Part title={t(box.active ? "inboxes.turnOff" : "inboxes.turnOn")} lead={t(box.active ? "inboxes.turnOff.lead" : "inboxes.turnOn.lead")}>
      <div class="part-foot">
        <Outcome act={act} />
        {box.active ? (
          <Twice words={t("inboxes.turnOff")} sure={t("inboxes.turnOff.sure")} disabled={act.busy} onSure={() => void turn(false)} />
        ) : (
          <button type="button" class="act" disabled={act.busy} onClick={() => void turn(true)}>
            {t("inboxes.turnOn")}
          </button>
        )}
      </div>
    </Part>
  );
}
