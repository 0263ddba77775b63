// One person: name, role, when they were last in, and what can be done about it.
import { useState } from "preact/hooks";
import { Glyph } from "../../icons";
import { PersonMark } from "../../marks";
import { useDesk } from "../../state/desk-context";
import { ago, useNow } from "../../words/time";
import { useWords } from "../../words/words";
import { useAct } from "../parts/act";
import { Outcome, Twice } from "../parts/Parts";
import { change, type Colleague, freshLink, mayChange, resetFactor, type Role } from "./staff";

interface LineProps {
  person: Colleague;
  roles: readonly Role[];
  took: (one: Colleague, link?: string | null) => void;
}

export function PersonLine({ person, roles, took }: LineProps) {
  const t = useWords();
  const { agent } = useDesk();
  const act = useAct();
  const may = mayChange(agent.role, person.role);
  const [renaming, setRenaming] = useState(false);
  const set = (body: Parameters<typeof change>[1], done: string) =>
    act.run(async () => took((await change(person.id, body)).colleague), done);
  const link = () =>
    act.run(async () => {
      const made = await freshLink(person.id);
      took(made.colleague, made.link);
    });
  return (
    <li class={person.active ? "line" : "line line-off"}>
      <PersonMark name={person.name} size={32} />
      {renaming ? (
        <Rename person={person} onName={(name) => void set({ name }, t("settings.changed")).then((ok) => ok && setRenaming(false))} onLeave={() => setRenaming(false)} />
      ) : (
        <span class="line-words">
          <b>
            {person.name}
            {person.id === agent.id && ` ${t("staff.you")}`}
          </b>
          <span class="quiet">{person.email}</span>
          <span class="quiet">
            <Seen person={person} />
            {person.factor_since && ` · ${t("factor.chip")}`}
          </span>
        </span>
      )}
      <span class="line-acts">
        {may && person.active && !renaming && (
          <button type="button" class="icon-button" aria-label={t("staff.rename", { name: person.name })} title={t("staff.rename", { name: person.name })} onClick={() => setRenaming(true)}>
            <Glyph name="pencil" size={16} />
          </button>
        )}
        {may && person.active ? (
          <select
            class="input"
            aria-label={t("staff.role.of", { name: person.name })}
            value={person.role}
            disabled={act.busy}
            onChange={(event) => {
              const field = event.currentTarget;
              void set({ role: field.value as Role }, t("settings.changed")).then((ok) => {
                if (!ok) field.value = person.role;
              });
            }}
          >
            {roles.map((role) => (
              <option key={role} value={role} disabled={!mayChange(agent.role, role)}>
                {t(`desk.role.${role}`)}
              </option>
            ))}
          </select>
        ) : (
          <span class="chip">{t(`desk.role.${person.role}`)}</span>
        )}
        {may && person.active && (
          <>
            <button type="button" class="act" disabled={act.busy} onClick={() => void link()}>
              {t("staff.newLink")}
            </button>
            {agent.role === "owner" && person.factor_since && person.id !== agent.id && (
              <Twice
                words={t("factor.lost")}
                sure={t("factor.lost.sure")}
                disabled={act.busy}
                onSure={() => void act.run(async () => took((await resetFactor(person.id)).colleague), t("factor.lost.done"))}
              />
            )}
            <Twice words={t("staff.shutOut")} sure={t("staff.shutOut.sure")} disabled={act.busy} onSure={() => void set({ active: false }, t("settings.changed"))} />
          </>
        )}
        {may && !person.active && (
          <button type="button" class="act" disabled={act.busy} onClick={() => void set({ active: true }, t("settings.changed"))}>
            {t("staff.letIn")}
          </button>
        )}
      </span>
      <Outcome act={act} />
    </li>
  );
}

function Seen({ person }: { person: Colleague }) {
  const t = useWords();
  const now = useNow();
  if (person.link_until !== null) return <>{t("staff.invited", { n: Math.max(1, Math.ceil((Date.parse(person.link_until) - now) / 86_400_000)) })}</>;
  return <>{person.entered_at === null ? t("staff.never") : t("staff.entered", { ago: ago(t, person.entered_at, now) })}</>;
}

function Rename({ person, onName, onLeave }: { person: Colleague; onName: (name: string) => void; onLeave: () => void }) {
  const t = useWords();
  const [name, setName] = useState(person.name);
  return (
    <form
      class="line-words field-beside"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim()) onName(name);
      }}
    >
      <input class="input" autofocus maxLength={100} aria-label={t("staff.name")} value={name} onInput={(event) => setName(event.currentTarget.value)} />
      <span class="line-acts">
        <button type="submit" class="act act-main">
          {t("voice.save")}
        </button>
        <button type="button" class="act" onClick={onLeave}>
          {t("settings.leave")}
        </button>
      </span>
    </form>
  );
}
