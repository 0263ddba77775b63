// Labels and teams of the shop, for those who may change them.
import { useState } from "preact/hooks";
import { ApiError } from "../../kit/api";
import { Glyph } from "../icons";
import { Dialog } from "../shell/Dialog";
import { useDesk } from "../state/desk-context";
import { NoTerms } from "./NoTerms";
import { useStore } from "../state/store";
import type { Label, Person, Team } from "../wire";
import { useWords } from "../words/words";

export function TermsSheet({ onClose }: { onClose: () => void }) {
  const t = useWords();
  const { terms, team: people } = useDesk();
  const { labels, teams } = useStore(terms.store, (state) => state);
  const agents = useStore(people, (state) => state.agents);
  const [fault, setFault] = useState("");
  const run = async (work: Promise<unknown>) => {
    setFault("");
    try {
      await work;
      return true;
    } catch (problem) {
      setFault(problem instanceof ApiError && problem.message ? problem.message : t("desk.act.failed"));
      return false;
    }
  };
  return (
    <Dialog title={t("desk.terms")} onClose={onClose}>
      {fault && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
      <h3 class="section-title">{t("desk.labels")}</h3>
      {labels.length === 0 && <NoTerms of="label" look="quiet" />}
      <ul class="terms">
        {labels.map((one) => (
          <LabelLine key={one.id} label={one} run={run} />
        ))}
      </ul>
      <NameForm words={t("desk.label.new")} act={t("desk.label.add")} onName={(name) => run(terms.addLabel(name))} />
      <h3 class="section-title">{t("desk.teams")}</h3>
      {teams.length === 0 && <NoTerms of="team" look="quiet" />}
      <ul class="terms">
        {teams.map((one) => (
          <TeamLine key={one.id} team={one} agents={agents} run={run} />
        ))}
      </ul>
      <NameForm words={t("desk.team.new")} act={t("desk.label.add")} onName={(name) => run(terms.saveTeam(null, name, []))} />
    </Dialog>
  );
}

type Run = (work: Promise<unknown>) => Promise<boolean>;

function LabelLine({ label, run }: { label: Label; run: Run }) {
  const t = useWords();
  const { terms } = useDesk();
  const [sure, setSure] = useState(false);
  return (
    <li class="term">
      <input
        class="field"
        aria-label={t("desk.label.rename", { name: label.name })}
        defaultValue={label.name}
        maxLength={40}
        onChange={(event) => void run(terms.renameLabel(label.id, event.currentTarget.value))}
      />
      <Remove name={label.name} sure={sure} onAsk={() => setSure(true)} onRemove={() => void run(terms.removeLabel(label.id))} />
    </li>
  );
}

interface TeamProps {
  team: Team;
  agents: readonly Person[];
  run: Run;
}

function TeamLine({ team, agents, run }: TeamProps) {
  const t = useWords();
  const { terms } = useDesk();
  const [sure, setSure] = useState(false);
  const turn = (id: number, inside: boolean) =>
    run(terms.saveTeam(team.id, team.name, inside ? [...team.members, id] : team.members.filter((one) => one !== id)));
  return (
    <li class="term term-team">
      <input
        class="field"
        aria-label={t("desk.label.rename", { name: team.name })}
        defaultValue={team.name}
        maxLength={60}
        onChange={(event) => void run(terms.saveTeam(team.id, event.currentTarget.value, team.members))}
      />
      <Remove name={team.name} sure={sure} onAsk={() => setSure(true)} onRemove={() => void run(terms.removeTeam(team.id))} />
      <fieldset class="members">
        <legend class="unseen">{t("desk.team.members", { name: team.name })}</legend>
        {agents.map((one) => (
          <label key={one.id} class="member">
            <input type="checkbox" checked={team.members.includes(one.id)} onChange={(event) => void turn(one.id, event.currentTarget.checked)} />
            {one.name}
          </label>
        ))}
      </fieldset>
    </li>
  );
}

interface RemoveProps {
  name: string;
  sure: boolean;
  onAsk: () => void;
  onRemove: () => void;
}

/** The first press asks, the second does it. */
function Remove({ name, sure, onAsk, onRemove }: RemoveProps) {
  const t = useWords();
  if (sure)
    return (
      <button type="button" class="act act-shu" onClick={onRemove}>
        {t("desk.terms.sure", { name })}
      </button>
    );
  return (
    <button type="button" class="icon-button" aria-label={t("desk.terms.remove", { name })} title={t("desk.terms.remove", { name })} onClick={onAsk}>
      <Glyph name="close" size={16} />
    </button>
  );
}

interface NameProps {
  words: string;
  act: string;
  onName: (name: string) => Promise<boolean>;
}

function NameForm({ words, act, onName }: NameProps) {
  const [name, setName] = useState("");
  return (
    <form
      class="item-form"
      onSubmit={async (event) => {
        event.preventDefault();
        if (name.trim() && (await onName(name))) setName("");
      }}
    >
      <input class="field" maxLength={60} value={name} aria-label={words} placeholder={words} onInput={(event) => setName(event.currentTarget.value)} />
      <button type="submit" class="act" disabled={!name.trim()}>
        {act}
      </button>
    </form>
  );
}
