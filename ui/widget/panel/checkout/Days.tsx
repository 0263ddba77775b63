// The day of delivery: radios in the shape of a calendar; a day that cannot be had is struck and no radio.
import { dates } from "../../../kit/formats";
import { date, localeOf } from "../../../kit/locale";
import { type Day, weeks } from "./days";
import type { Sending } from "./wire";
import { useCheckoutWords } from "./words";

interface Props {
  option: Sending;
  day: string;
  onChoose: (day: string) => void;
}

export function Days({ option, day, onChoose }: Props) {
  const { t, language } = useCheckoutWords();
  const format = dates(localeOf(language), { weekday: language === "ja" ? "narrow" : "short", timeZone: "UTC" });
  // The first of November 2026 is a Sunday.
  const heads = Array.from({ length: 7 }, (_, at) => format.format(new Date(Date.UTC(2026, 10, 1 + at))));
  return (
    <fieldset class="buy-choices">
      <legend>{t("day")}</legend>
      <label class="buy-choice">
        <input type="radio" name="day" checked={day === ""} onChange={() => onChoose("")} />
        <span>{t("noDay")}</span>
      </label>
      <div class="buy-month">
        {heads.map((head, at) => (
          <span key={head} class="buy-head" data-day={at} aria-hidden="true">
            {head}
          </span>
        ))}
        {weeks(option.first_day, option.last_day)
          .flat()
          .map((one) => (
            <DayCell key={one.iso} day={one} chosen={day === one.iso} onChoose={onChoose} />
          ))}
      </div>
    </fieldset>
  );
}

function DayCell({ day, chosen, onChoose }: { day: Day; chosen: boolean; onChoose: (day: string) => void }) {
  const { t, language } = useCheckoutWords();
  if (!day.open)
    return (
      <span class="buy-day figures" aria-hidden="true">
        <s>{day.number}</s>
      </span>
    );
  const month = dates(localeOf(language), { month: "short", timeZone: "UTC" }).format(new Date(day.iso));
  const words = date(day.iso, language, undefined, "UTC");
  return (
    <label class="buy-day">
      <input
        type="radio"
        name="day"
        checked={chosen}
        aria-label={day.first ? `${words} ${t("first")}` : words}
        onChange={() => onChoose(day.iso)}
      />
      <span class="figures" aria-hidden="true">
        {day.number}
        {day.first ? <small>{t("first")}</small> : day.beginsMonth && <small>{month}</small>}
      </span>
    </label>
  );
}
