import { useId } from "preact/hooks";
import type { ComponentChildren } from "preact";
import { PRIORITIES } from "../../wire";
import { useWords } from "../../words/words";
import { Choice, TextField } from "../Field";
import { LANGUAGES } from "../voice";
import type { FormProps } from "./RoutingForm";
import { type Kept, newRule, type RuleDraft } from "./routing";

export function Rules({ draft, kept, change }: FormProps) {
  const t = useWords();
  const { rules } = draft;
  return (
    <>
      <p class="quiet field-hint">{t("routing.rules.hint")}</p>
      {rules.length === 0 && <p class="quiet">{t("routing.rules.none")}</p>}
      {rules.map((rule, at) => (
        <OneRule
          key={rule.key}
          rule={rule}
          title={t("routing.rule", { n: at + 1 })}
          kept={kept}
          onChange={(part) => change({ rules: rules.map((one) => (one.key === rule.key ? { ...one, ...part } : one)) })}
          onRemove={() => change({ rules: rules.filter((one) => one.key !== rule.key) })}
        />
      ))}
      <button type="button" class="act" onClick={() => change({ rules: [...rules, newRule()] })}>
        {t("routing.rules.add")}
      </button>
    </>
  );
}

interface RuleProps {
  rule: RuleDraft;
  title: string;
  kept: Kept;
  onChange: (part: Partial<RuleDraft>) => void;
  onRemove: () => void;
}

function OneRule({ rule, title, kept, onChange, onRemove }: RuleProps) {
  const t = useWords();
  const any = t("routing.rule.any");
  const priorities = PRIORITIES.map((one) => [one, t(`desk.priority.${one}`)] as const);
  const languages = LANGUAGES.map((one) => [one, t(`staff.language.${one}`)] as const);
  const inboxes = kept.inboxes.map((one) => [String(one.id), one.name] as const);
  return (
    <fieldset class="topic">
      <legend class="ability-name">{title}</legend>
      <div class="pair">
        <Select label={t("routing.rule.inbox")} any={any} value={String(rule.inbox || "")} options={inboxes} onValue={(value) => onChange({ inbox: Number(value) })} />
        <Select label={t("routing.rule.language")} any={any} value={rule.language} options={languages} onValue={(value) => onChange({ language: value as RuleDraft["language"] })} />
        <Select label={t("routing.rule.priority")} any={any} value={rule.priority} options={priorities} onValue={(value) => onChange({ priority: value as RuleDraft["priority"] })} />
        <TextField label={t("routing.rule.value", { currency: kept.currency })} value={rule.value} most={16} onValue={(value) => onChange({ value })} />
        {rule.then === "skill" && <TextField label={t("routing.rule.waited")} value={rule.waited} most={5} onValue={(waited) => onChange({ waited })} />}
      </div>
      <Choice
        label={t("routing.rule.then")}
        value={rule.then}
        options={["skill", "raise"] as const}
        words={(one) => t(`routing.rule.${one}`)}
        onValue={(then) => onChange({ then })}
      />
      {rule.then === "skill" ? (
        <TextField label={t("routing.rule.skillName")} value={rule.skill} most={40} onValue={(skill) => onChange({ skill })} />
      ) : (
        <Select label={t("routing.priority")} value={rule.raise} options={priorities} onValue={(value) => onChange({ raise: value as RuleDraft["raise"] })} />
      )}
      <div class="topic-end">
        <button type="button" class="link" onClick={onRemove}>
          {t("routing.rules.remove")}
        </button>
      </div>
    </fieldset>
  );
}

interface SelectProps {
  label: string;
  value: string;
  any?: string;
  options: readonly (readonly [string, ComponentChildren])[];
  onValue: (value: string) => void;
}

function Select({ label, value, any, options, onValue }: SelectProps) {
  const id = useId();
  return (
    <div class="setting">
      <label for={id}>{label}</label>
      <select id={id} class="input" value={value} onChange={(event) => onValue(event.currentTarget.value)}>
        {any && <option value="">{any}</option>}
        {options.map(([one, words]) => (
          <option key={one} value={one}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}
