// How it would sound: three replies from the server with what is written now, and a word to try.
import { useEffect, useState } from "preact/hooks";
import { ApiError } from "../../kit/api";
import type { Language } from "../../kit/types";
import { Glyph } from "../icons";
import { useLanguage, useWords } from "../words/words";
import { TextField } from "./Field";
import { type Draft, LANGUAGES, type Samples, tryVoice } from "./voice";

const PAUSE_MS = 350;

interface PreviewProps {
  draft: Draft;
  decimals: number;
  first: Samples;
}

export function Preview({ draft, decimals, first }: PreviewProps) {
  const t = useWords();
  const own = useLanguage();
  const [language, setLanguage] = useState<Language>(own);
  const [said, setSaid] = useState("");
  const { samples, topic, fault } = useTried(draft, decimals, said, first);
  return (
    <aside class="preview" aria-label={t("voice.preview")}>
      <div class="preview-head">
        <h2>{t("voice.preview")}</h2>
        <span class="beside" role="group" aria-label={t("voice.preview.language")}>
          {LANGUAGES.map((one) => (
            <button
              key={one}
              type="button"
              class="act"
              aria-pressed={one === language}
              onClick={() => setLanguage(one)}
            >
              {t(`voice.language.${one}`)}
            </button>
          ))}
        </span>
      </div>
      <div class="preview-talk" aria-live="polite" lang={language}>
        {samples[language]?.map((sample) => (
          <div key={sample.kind} class="preview-turn">
            {sample.asked && <p class="preview-asked">{sample.asked}</p>}
            <p class="preview-reply">{sample.reply}</p>
          </div>
        ))}
      </div>
      <div role="alert">
        {fault && (
          <p class="fault">
            <Glyph name="alert" size={16} />
            {fault}
          </p>
        )}
      </div>
      <TextField label={t("voice.try")} value={said} placeholder={t("voice.try.example")} onValue={setSaid} />
      <p class="quiet" aria-live="polite">
        {said.trim() !== "" && !fault && (topic === null ? t("voice.try.free") : t("voice.try.left", { topic }))}
      </p>
    </aside>
  );
}

/** Asks the server a moment after the last key; an answer to what was written before is dropped. */
function useTried(draft: Draft, decimals: number, said: string, first: Samples) {
  const t = useWords();
  const [tried, setTried] = useState<{ samples: Samples; topic: string | null }>({ samples: first, topic: null });
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => {
    let stale = false;
    const timer = setTimeout(async () => {
      try {
        const { samples, left_alone } = await tryVoice(draft, decimals, said);
        if (stale) return;
        setTried({ samples, topic: left_alone });
        setFault(null);
      } catch (problem) {
        if (stale) return;
        setFault(problem instanceof ApiError && problem.message ? problem.message : t("voice.unreachable"));
      }
    }, PAUSE_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [draft, decimals, said]);
  return { ...tried, fault };
}
