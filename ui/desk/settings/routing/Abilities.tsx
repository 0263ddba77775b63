import { PersonMark } from "../../marks";
import { useWords } from "../../words/words";
import { TextField } from "../Field";
import { LANGUAGES } from "../voice";
import type { AbilityDraft } from "./routing";

interface AbilitiesProps {
  abilities: AbilityDraft[];
  onAbilities: (abilities: AbilityDraft[]) => void;
}

export function Abilities({ abilities, onAbilities }: AbilitiesProps) {
  const put = (agent: number, part: Partial<AbilityDraft>) =>
    onAbilities(abilities.map((one) => (one.agent === agent ? { ...one, ...part } : one)));
  return (
    <>
      {abilities.map((one) => (
        <OneAgent key={one.agent} ability={one} onChange={(part) => put(one.agent, part)} />
      ))}
    </>
  );
}

function OneAgent({ ability, onChange }: { ability: AbilityDraft; onChange: (part: Partial<AbilityDraft>) => void }) {
  const t = useWords();
  return (
    <fieldset class="topic">
      <legend class="ability-name">
        <PersonMark name={ability.name} size={24} />
        {ability.name}
      </legend>
      <TextField label={t("routing.agent.skills")} value={ability.skills} onValue={(skills) => onChange({ skills })} />
      <div class="pair">
        <fieldset class="setting">
          <legend>{t("routing.agent.languages")}</legend>
          <span class="beside">
            {LANGUAGES.map((language) => (
              <label key={language} class="option">
                <input
                  type="checkbox"
                  checked={ability.languages.includes(language)}
                  onChange={(event) => {
                    const others = ability.languages.filter((one) => one !== language);
                    onChange({ languages: event.currentTarget.checked ? [...others, language] : others });
                  }}
                />
                <span>{t(`staff.language.${language}`)}</span>
              </label>
            ))}
          </span>
          <p class="quiet field-hint">{t("routing.agent.languages.hint")}</p>
        </fieldset>
        <TextField
          label={t("routing.agent.capacity")}
          hint={t("routing.agent.capacity.hint")}
          value={ability.capacity}
          most={3}
          onValue={(capacity) => onChange({ capacity })}
        />
      </div>
    </fieldset>
  );
}
