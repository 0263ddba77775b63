// What narrows the open view, and keeping the result under a name.
import { useState } from "preact/hooks";
import { ApiError } from "../../kit/api";
import { Glyph } from "../icons";
import { Popover } from "../shell/Popover";
import { useDesk } from "../state/desk-context";
import { filterQuery } from "./filter";
import { go, route } from "../state/route";
import { useStore } from "../state/store";
import { type Filter, PRIORITIES } from "../wire";
import { useChannelName, useWords } from "../words/words";

const CHANNELS = ["web_chat", "line", "email", "instagram", "messenger", "whatsapp", "telegram", "sms_twilio", "sms_vonage", "sms_gateway", "voice"];

export function NarrowMenu() {
  const t = useWords();
  const only = useStore(route, (place) => place.only);
  const n = Object.keys(only).length;
  return (
    <Popover
      label={t("desk.narrow")}
      kind="dialog"
      align="end"
      buttonClass={n > 0 ? "icon-button narrow-on" : "icon-button"}
      button={
        <>
          <Glyph name="filter" size={16} />
          {n > 0 && <span class="narrow-count figures">{n}</span>}
        </>
      }
    >
      {(close) => <NarrowForm only={only} onDone={close} />}
    </Popover>
  );
}

function NarrowForm({ only, onDone }: { only: Filter; onDone: () => void }) {
  const t = useWords();
  const channelName = useChannelName();
  const { terms } = useDesk();
  const { labels, teams } = useStore(terms.store, (state) => state);
  const set = (change: Filter) => {
    const next = { ...only, ...change };
    go({ only: Object.fromEntries(Object.entries(next).filter(([, value]) => value)) as Filter });
  };
  return (
    <div class="narrow">
      <Choice
        name={t("desk.priority")}
        value={only.priority ?? ""}
        choices={PRIORITIES.map((one) => [one, t(`desk.priority.${one}`)])}
        onChoose={(value) => set({ priority: value as Filter["priority"] })}
      />
      <Choice
        name={t("desk.label")}
        value={String(only.label ?? "")}
        choices={labels.map((one) => [String(one.id), one.name])}
        onChoose={(value) => set({ label: Number(value) })}
      />
      <Choice
        name={t("desk.channel")}
        value={only.channel ?? ""}
        choices={CHANNELS.map((one) => [one, channelName(one)])}
        onChoose={(value) => set({ channel: value })}
      />
      <Choice
        name={t("desk.team")}
        value={String(only.team ?? "")}
        choices={teams.map((one) => [String(one.id), one.name])}
        onChoose={(value) => set({ team: Number(value) })}
      />
      {filterQuery(only) !== "" && (
        <button type="button" class="link" onClick={() => go({ only: {} })}>
          {t("desk.narrow.clear")}
        </button>
      )}
      <DropView only={only} onDone={onDone} />
      <SaveView only={only} onDone={onDone} />
    </div>
  );
}

interface ChoiceProps {
  name: string;
  value: string;
  choices: [string, string][];
  onChoose: (value: string) => void;
}

function Choice({ name, value, choices, onChoose }: ChoiceProps) {
  const t = useWords();
  return (
    <label class="narrow-row">
      <span>{name}</span>
      <span class="choice">
        <select value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
          <option value="">{t("desk.narrow.any")}</option>
          {choices.map(([key, words]) => (
            <option key={key} value={key}>
              {words}
            </option>
          ))}
        </select>
        <Glyph name="down" size={14} />
      </span>
    </label>
  );
}

/** The open view is one of the agent's own: here it goes away with any pointer, and on any screen. */
function DropView({ only, onDone }: { only: Filter; onDone: () => void }) {
  const t = useWords();
  const { views } = useDesk();
  const view = useStore(route, (place) => place.view);
  const saved = useStore(views.store, (state) => state.views);
  const open = saved.find((one) => one.view === view && filterQuery(one.only) === filterQuery(only));
  if (!open) return null;
  return (
    <button type="button" class="link" onClick={() => void views.drop(open.id).then(onDone, () => undefined)}>
      {t("desk.saved.drop", { name: open.name })}
    </button>
  );
}

function SaveView({ only, onDone }: { only: Filter; onDone: () => void }) {
  const t = useWords();
  const { views } = useDesk();
  const view = useStore(route, (place) => place.view);
  const [name, setName] = useState("");
  const [fault, setFault] = useState("");
  const save = async () => {
    try {
      await views.save(name, view, only);
      onDone();
    } catch (problem) {
      setFault(problem instanceof ApiError && problem.message ? problem.message : t("desk.act.failed"));
    }
  };
  return (
    <form
      class="item-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim()) void save();
      }}
    >
      <input
        class="field"
        maxLength={40}
        value={name}
        aria-label={t("desk.saved.name")}
        placeholder={t("desk.saved.name")}
        onInput={(event) => setName(event.currentTarget.value)}
      />
      <button type="submit" class="act" disabled={!name.trim()}>
        {t("desk.saved.keep")}
      </button>
      {fault && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
    </form>
  );
}
