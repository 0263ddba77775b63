// All of the voice, in the order in which a shopper meets it.
import type { ComponentChildren } from "preact";
import { useWords } from "../words/words";
import { Choice, TextField } from "./Field";
import { Hours } from "./Hours";
import { Topics } from "./Topics";
import { DISCLOSURES, type Draft, EMOJI, type Kept, LANGUAGES, TONES } from "./voice";

interface FormProps {
  draft: Draft;
  kept: Kept;
  change: (part: Partial<Draft>) => void;
}

export function VoiceForm({ draft, kept, change }: FormProps) {
  const t = useWords();
  return (
    <>
      <Part title={t("voice.part.name")}>
        <TextField
          label={t("voice.name")}
          value={draft.bot_name}
          most={60}
          onValue={(bot_name) => change({ bot_name })}
        />
        {LANGUAGES.map((language) => (
          <TextField
            key={language}
            label={t(`voice.greeting.${language}`)}
            value={draft.greeting[language]}
            placeholder={t("voice.greeting.ours")}
            lines={2}
            lang={language}
            onValue={(text) => change({ greeting: { ...draft.greeting, [language]: text } })}
          />
        ))}
      </Part>
      <Part title={t("voice.part.tone")}>
        <Choice
          label={t("voice.tone")}
          value={draft.tone}
          options={TONES}
          words={(tone) => t(`voice.tone.${tone}`)}
          onValue={(tone) => change({ tone })}
        />
        <Choice
          label={t("voice.emoji")}
          value={draft.emoji}
          options={EMOJI}
          words={(emoji) => t(`voice.emoji.${emoji}`)}
          onValue={(emoji) => change({ emoji })}
        />
      </Part>
      <Part title={t("voice.part.bot")}>
        <Choice
          label={t("voice.disclosure")}
          value={draft.disclosure}
          options={DISCLOSURES}
          words={(when) => t(`voice.disclosure.${when}`)}
          onValue={(disclosure) => change({ disclosure })}
        />
        {LANGUAGES.map((language) => (
          <TextField
            key={language}
            label={t(`voice.about.${language}`)}
            value={draft.about[language]}
            lang={language}
            onValue={(text) => change({ about: { ...draft.about, [language]: text } })}
          />
        ))}
      </Part>
      <Part title={t("voice.part.hours")}>
        <Hours draft={draft} timezone={kept.timezone} change={change} />
      </Part>
      <Part title={t("voice.part.topics")}>
        <Topics topics={draft.topics} onTopics={(topics) => change({ topics })} />
      </Part>
      <Part title={t("voice.part.high")}>
        <TextField
          label={t("voice.high", { currency: kept.currency })}
          hint={t("voice.high.hint")}
          value={draft.highValue}
          most={16}
          onValue={(highValue) => change({ highValue })}
        />
      </Part>
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
