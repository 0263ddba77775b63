// What the bot leaves alone: words that name a topic, and what is answered instead.
import { useWords } from "../words/words";
import { TextField } from "./Field";
import { LANGUAGES, newTopic, type TopicDraft } from "./voice";

interface TopicsProps {
  topics: TopicDraft[];
  onTopics: (topics: TopicDraft[]) => void;
}

export function Topics({ topics, onTopics }: TopicsProps) {
  const t = useWords();
  const change = (id: number) => (part: Partial<TopicDraft>) =>
    onTopics(topics.map((one) => (one.id === id ? { ...one, ...part } : one)));
  return (
    <>
      <p class="quiet">{t("voice.topics.lead")}</p>
      {topics.length === 0 && <p class="quiet">{t("voice.topics.none")}</p>}
      {topics.map((topic) => (
        <Topic
          key={topic.id}
          topic={topic}
          change={change(topic.id)}
          remove={() => onTopics(topics.filter((one) => one.id !== topic.id))}
        />
      ))}
      <button type="button" class="act" onClick={() => onTopics([...topics, newTopic()])}>
        {t("voice.topics.add")}
      </button>
    </>
  );
}

interface TopicProps {
  topic: TopicDraft;
  change: (part: Partial<TopicDraft>) => void;
  remove: () => void;
}

function Topic({ topic, change, remove }: TopicProps) {
  const t = useWords();
  return (
    <fieldset class="topic">
      <legend class="unseen">{topic.name || t("voice.topics.new")}</legend>
      <TextField
        label={t("voice.topics.name")}
        value={topic.name}
        most={60}
        onValue={(name) => change({ name })}
      />
      {LANGUAGES.map((language) => (
        <div key={language} class="pair">
          <TextField
            label={t(`voice.topics.words.${language}`)}
            value={topic.words[language]}
            lang={language}
            onValue={(words) => change({ words: { ...topic.words, [language]: words } })}
          />
          <TextField
            label={t(`voice.topics.answer.${language}`)}
            value={topic.answer[language]}
            placeholder={t("voice.topics.ours")}
            lang={language}
            onValue={(answer) => change({ answer: { ...topic.answer, [language]: answer } })}
          />
        </div>
      ))}
      <div class="topic-end">
        <label class="option">
          <input
            type="checkbox"
            checked={topic.person}
            onChange={(event) => change({ person: event.currentTarget.checked })}
          />
          <span>{t("voice.topics.person")}</span>
        </label>
        <button type="button" class="act act-bare" onClick={remove}>
          {t("voice.topics.remove")}
        </button>
      </div>
    </fieldset>
  );
}
