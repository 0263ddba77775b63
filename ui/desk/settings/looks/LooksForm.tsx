// What can be chosen of the chat's looks, in the order in which a shopper meets it.
import { contrastWithWhite, readable } from "../../../kit/accent";
import type { Looks } from "../../../kit/types";
import { Glyph } from "../../icons";
import { useWords } from "../../words/words";
import { TextField } from "../Field";
import { Part } from "../parts/Parts";
import { Segments, Tick } from "../parts/Pick";
import { linkTo } from "../place";
import { COLOURS, type Draft, ICONS, isColour, LANGUAGES } from "./looks";

interface FormProps {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
}

const ENOUGH = 4.5;

export function LooksForm({ draft, change }: FormProps) {
  const t = useWords();
  const { looks } = draft;
  const look = (part: Partial<Looks>) => change({ looks: { ...looks, ...part } });
  return (
    <>
      <Part title={t("looks.stand")}>
        <Colour accent={draft.accent} onAccent={(accent) => change({ accent })} />
        <Segments label={t("looks.side")} value={looks.side} options={["right", "left"]} words={(one) => t(`looks.side.${one}`)} onValue={(side) => look({ side })} />
        <Segments label={t("looks.theme")} value={looks.theme} options={["light", "dark", "system"]} words={(one) => t(`looks.theme.${one}`)} onValue={(theme) => look({ theme })} />
        <Segments label={t("looks.icon")} value={looks.icon} options={ICONS} words={(one) => t(`looks.icon.${one}`)} onValue={(icon) => look({ icon })} />
      </Part>
      <Part title={t("looks.words")} end={<a class="link" {...linkTo("voice")}>{t("voice.title")}</a>}>
        {LANGUAGES.map((one) => (
          <TextField key={one} label={t(`voice.greeting.${one}`)} value={draft.greeting[one]} placeholder={t("voice.greeting.ours")} lines={2} lang={one} onValue={(text) => change({ greeting: { ...draft.greeting, [one]: text } })} />
        ))}
        <div class="pair">
          {LANGUAGES.map((one) => (
            <TextField key={one} label={t(`looks.replies.${one}`)} value={draft.replies[one]} placeholder={t("looks.replies.ours")} lines={3} lang={one} onValue={(text) => change({ replies: { ...draft.replies, [one]: text } })} />
          ))}
        </div>
      </Part>
      <Part title={t("looks.languages")} lead={t("looks.languages.lead")}>
        <span class="beside">
          {LANGUAGES.map((one) => {
            const spoken = looks.languages.includes(one);
            const languages = spoken ? looks.languages.filter((other) => other !== one) : [...looks.languages, one];
            return <Tick key={one} words={t(`voice.language.${one}`)} value={spoken} disabled={spoken && looks.languages.length === 1} onValue={() => look({ languages })} />;
          })}
        </span>
      </Part>
    </>
  );
}

function Colour({ accent, onAccent }: { accent: string; onAccent: (accent: string) => void }) {
  const t = useWords();
  const own = accent.trim();
  const measured = contrastWithWhite(own);
  const better = measured !== null && measured < ENOUGH ? readable(own) : null;
  return (
    <fieldset class="setting">
      <legend>{t("looks.colour")}</legend>
      <span class="swatches">
        {COLOURS.map((one) => (
          <Swatch key={one} colour={one} chosen={own.toLowerCase() === one.toLowerCase()} onChoose={() => onAccent(one)} />
        ))}
        <input class="input" aria-label={t("looks.colour.code")} placeholder={COLOURS[0]} maxLength={7} value={accent} aria-invalid={own !== "" && !isColour(own)} onInput={(event) => onAccent(event.currentTarget.value)} />
      </span>
      <p class="field-hint" role="status">
        {own === "" && <span class="quiet">{t("looks.colour.ours")}</span>}
        {own !== "" && measured === null && <span class="tone-shu">{t("looks.colour.none")}</span>}
        {measured !== null && (
          <span class={`state ${better ? "tone-yamabuki" : "tone-matsu"}`}>
            <Glyph name={better ? "warn" : "check"} size={14} />
            {t(better ? "looks.contrast.low" : "looks.contrast", { ratio: measured.toFixed(1) })}
          </span>
        )}
      </p>
      {better && (
        <button type="button" class="act" onClick={() => onAccent(better)}>
          {t("looks.contrast.take", { colour: better })}
        </button>
      )}
    </fieldset>
  );
}

/** Its colour is set as a property: the page's policy allows no style in markup. */
function Swatch({ colour, chosen, onChoose }: { colour: string; chosen: boolean; onChoose: () => void }) {
  return (
    <button
      type="button"
      class="swatch"
      aria-label={colour}
      aria-pressed={chosen}
      ref={(element) => element?.style.setProperty("background", colour)}
      onClick={onChoose}
    />
  );
}
