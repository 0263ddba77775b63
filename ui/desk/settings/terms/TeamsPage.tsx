// The shop's teams: founded, renamed, given members, dissolved.
import { useEffect } from "preact/hooks";
import { useDesk } from "../../state/desk-context";
import { NoTerms } from "../../sorting/NoTerms";
import { useStore } from "../../state/store";
import type { Team } from "../../wire";
import { useWords } from "../../words/words";
import { type Act, useAct } from "../parts/act";
import { Outcome, Part, Twice } from "../parts/Parts";
import { Tick } from "../parts/Pick";
import { NameForm, NameLine } from "./Names";

export function TeamsPage() {
  const t = useWords();
  const { terms } = useDesk();
  const teams = useStore(terms.store, (state) => state.teams);
  const act = useAct();
  useEffect(() => void terms.load(), [terms]);
  return (
    <main class="settings-page">
      <Part title={t("desk.teams")} lead={t("terms.teams.lead")}>
        {teams.length === 0 && <NoTerms of="team" look="quiet" />}
        <ul class="lines">
          {teams.map((one) => (
            <TeamLine key={one.id} team={one} act={act} />
          ))}
        </ul>
        <NameForm words={t("desk.team.new")} most={60} onName={(name) => act.run(() => terms.saveTeam(null, name, []), t("settings.changed"))} />
        <Outcome act={act} />
      </Part>
    </main>
  );
}

function TeamLine({ team, act }: { team: Team; act: Act }) {
  const t = useWords();
  const { terms, team: people } = useDesk();
  const agents = useStore(people, (state) => state.agents);
  const keep = (name: string, members: readonly number[]) => act.run(() => terms.saveTeam(team.id, name, members), t("settings.changed"));
  return (
    <li class="line">
      <NameLine name={team.name} most={60} onName={(name) => keep(name, team.members)} />
      <Twice
        words={t("settings.remove")}
        sure={t("desk.terms.sure", { name: team.name })}
        onSure={() => void act.run(() => terms.removeTeam(team.id), t("settings.changed"))}
      />
      <fieldset class="setting members-of">
        <legend>{t("desk.team.members", { name: team.name })}</legend>
        <span class="beside">
          {agents.map((one) => (
            <Tick
              key={one.id}
              words={one.name}
              value={team.members.includes(one.id)}
              disabled={act.busy}
              onValue={(inside) => void keep(team.name, inside ? [...team.members, one.id] : team.members.filter((id) => id !== one.id))}
            />
          ))}
        </span>
      </fieldset>
    </li>
  );
}
