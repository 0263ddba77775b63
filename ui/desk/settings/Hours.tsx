// When people answer: a line of spans for each weekday, and days off.
import { useState } from "preact/hooks";
import { Glyph } from "../icons";
import { useWords } from "../words/words";
import { TextField } from "./Field";
import { type Draft, WEEKDAYS } from "./voice";

interface HoursProps {
  draft: Draft;
  timezone: string;
  change: (change: Partial<Draft>) => void;
}

export function Hours({ draft, timezone, change }: HoursProps) {
  const t = useWords();
  return (
    <>
      <p class="quiet">{t("voice.hours.lead", { zone: timezone })}</p>
      <div class="week">
        {WEEKDAYS.map((day) => (
          <TextField
            key={day}
            label={t(`voice.day.${day}`)}
            value={draft.weekly[day]}
            placeholder={t("voice.hours.closed")}
            most={80}
            onValue={(spans) => change({ weekly: { ...draft.weekly, [day]: spans } })}
          />
        ))}
      </div>
      <label class="option">
        <input
          type="checkbox"
          checked={draft.public_holidays}
          onChange={(event) => change({ public_holidays: event.currentTarget.checked })}
        />
        <span>{t("voice.holidays.public")}</span>
      </label>
      <Holidays days={draft.holidays} onDays={(holidays) => change({ holidays })} />
    </>
  );
}

function Holidays({ days, onDays }: { days: string[]; onDays: (days: string[]) => void }) {
  const t = useWords();
  const [day, setDay] = useState("");
  const add = () => {
    if (!day) return;
    onDays([...new Set([...days, day])].sort());
    setDay("");
  };
  return (
    <div class="setting">
      <label for="voice-holiday">{t("voice.holidays")}</label>
      <div class="beside">
        <input
          id="voice-holiday"
          class="input"
          type="date"
          value={day}
          onInput={(event) => setDay(event.currentTarget.value)}
        />
        <button type="button" class="act" onClick={add} disabled={!day}>
          {t("voice.add")}
        </button>
      </div>
      {days.length > 0 && (
        <ul class="days">
          {days.map((one) => (
            <li key={one} class="chip chip-line">
              <time dateTime={one}>{one}</time>
              <button
                type="button"
                class="days-out"
                aria-label={t("voice.holidays.remove", { day: one })}
                onClick={() => onDays(days.filter((other) => other !== one))}
              >
                <Glyph name="close" size={12} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
