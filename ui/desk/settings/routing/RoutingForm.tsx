// All of it, in the order in which it is decided: whether, to whom, by which rules, until when.
import type { ComponentChildren } from "preact";
import { ChannelMark } from "../../marks";
import { useChannelName, useWords } from "../../words/words";
import { TextField } from "../Field";
import { Abilities } from "./Abilities";
import { Rules } from "./Rules";
import { Targets } from "./Targets";
import type { Draft, Kept } from "./routing";

export interface FormProps {
  draft: Draft;
  kept: Kept;
  change: (part: Partial<Draft>) => void;
}

export function RoutingForm({ draft, kept, change }: FormProps) {
  const t = useWords();
  return (
    <>
      <Part title={t("routing.part.on")}>
        <label class="option">
          <input type="checkbox" checked={draft.on} onChange={(event) => change({ on: event.currentTarget.checked })} />
          <span>{t("routing.on")}</span>
        </label>
        <p class="quiet field-hint">{t("routing.on.hint")}</p>
        <TextField label={t("routing.capacity")} value={draft.capacity} most={3} onValue={(capacity) => change({ capacity })} />
        <label class="option">
          <input type="checkbox" checked={draft.byLanguage} onChange={(event) => change({ byLanguage: event.currentTarget.checked })} />
          <span>{t("routing.language")}</span>
        </label>
        <TextField label={t("routing.grace")} value={draft.grace} most={4} onValue={(grace) => change({ grace })} />
        <TextField label={t("routing.widen")} hint={t("routing.widen.hint")} value={draft.widen} most={5} onValue={(widen) => change({ widen })} />
        <TextField label={t("routing.untouched")} hint={t("routing.untouched.hint")} value={draft.untouched} most={5} onValue={(untouched) => change({ untouched })} />
      </Part>
      <Part title={t("routing.part.targets")}>
        <Targets draft={draft} kept={kept} change={change} />
      </Part>
      <Part title={t("routing.part.agents")}>
        <Abilities abilities={draft.abilities} onAbilities={(abilities) => change({ abilities })} />
      </Part>
      <Part title={t("routing.part.rules")}>
        <Rules draft={draft} kept={kept} change={change} />
      </Part>
      {Object.keys(draft.weights).length > 1 && (
        <Part title={t("routing.part.weights")}>
          <Weights draft={draft} kept={kept} change={change} />
        </Part>
      )}
    </>
  );
}

function Weights({ draft, change }: FormProps) {
  const t = useWords();
  const name = useChannelName();
  return (
    <>
      <p class="quiet field-hint">{t("routing.weights.hint")}</p>
      {Object.entries(draft.weights).map(([channel, weight]) => (
        <div class="weight" key={channel}>
          <ChannelMark channel={channel} />
          <TextField label={name(channel)} value={weight} most={2} onValue={(value) => change({ weights: { ...draft.weights, [channel]: value } })} />
        </div>
      ))}
    </>
  );
}

function Part({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="part">
      <h2>{title}</h2>
      {children}
    </section>
  );
}
