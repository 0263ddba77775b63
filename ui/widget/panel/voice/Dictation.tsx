// Speaking instead of writing: says first where the sound goes, then writes what was heard into the field.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { safeStorage } from "../../../kit/storage";
import { translator } from "../../../kit/translate";
import { useWords } from "../words";
import { recognition } from "./speech";
import en from "./strings/en.json";
import ja from "./strings/ja.json";

interface Props {
  onWords: (words: string) => void;
  onEnd: () => void;
}

const KNOWN = "kaiwa.voice.told";
const disk = safeStorage();

export function Dictation({ onWords, onEnd }: Props) {
  const { language } = useWords();
  const t = useMemo(() => translator<keyof typeof ja>({ ja, en }[language]), [language]);
  const [told, setTold] = useState(disk.get(KNOWN) === "yes");
  const [guess, setGuess] = useState("");
  const [fault, setFault] = useState<keyof typeof ja | null>(null);
  const go = useRef<HTMLButtonElement>(null);
  useEffect(() => go.current?.focus(), []);
  useEffect(() => {
    const stop = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      // The chat stays open: this key stops the listening.
      event.stopImmediatePropagation();
      onEnd();
    };
    window.addEventListener("keydown", stop, true);
    return () => window.removeEventListener("keydown", stop, true);
  }, []);
  useEffect(() => {
    const Maker = told ? recognition() : null;
    if (!Maker) return;
    const ear = new Maker();
    let over = false;
    ear.lang = language === "ja" ? "ja-JP" : "en-US";
    ear.continuous = true;
    ear.interimResults = true;
    ear.onresult = (event) => {
      let open = "";
      for (let at = event.resultIndex; at < event.results.length; at++) {
        const part = event.results[at];
        if (!part) continue;
        if (part.isFinal) onWords(part[0].transcript.trim());
        else open += part[0].transcript;
      }
      setGuess(open);
    };
    ear.onerror = ({ error }) => {
      over = true;
      setFault(error in ja ? (error as keyof typeof ja) : "failed");
    };
    ear.onend = () => !over && onEnd();
    try {
      ear.start();
    } catch {
      setFault("failed");
    }
    return () => {
      over = true;
      ear.abort();
    };
  }, [told]);
  if (!told)
    return (
      <div class="voice-box" role="group" aria-label={t("go")}>
        <p>{t("notice")}</p>
        <div class="voice-acts">
          <button
            ref={go}
            type="button"
            class="button button-tint"
            onClick={() => {
              disk.set(KNOWN, "yes");
              setTold(true);
            }}
          >
            {t("go")}
          </button>
          <button type="button" class="button button-line" onClick={onEnd}>
            {t("leave")}
          </button>
        </div>
      </div>
    );
  return (
    <div class="voice-box">
      {fault ? <p role="alert">{t(fault)}</p> : <p role="status">{t("listening")}</p>}
      {guess && <p class="voice-guess">{guess}</p>}
    </div>
  );
}
