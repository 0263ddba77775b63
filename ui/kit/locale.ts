// Dates, times, money and names the way the reader writes them.
import { serverNow } from "./clock";
import { dates, numbers } from "./formats";
import type { Language, Money } from "./types";

/** "en" alone would mean American times to every reader; take the reader's own English when there is one. */
export function localeOf(language: Language): string {
  if (language === "ja") return "ja-JP";
  const own = (globalThis.navigator?.languages ?? []).find((tag) => tag.startsWith("en-"));
  return own ?? "en-GB";
}

export function time(at: string | Date, language: Language, zone?: string): string {
  const format = dates(localeOf(language), {
    hour: language === "ja" ? "2-digit" : "numeric",
    minute: "2-digit",
    timeZone: zone,
  });
  return format.format(new Date(at));
}

/** 11月28日（土） · Sat 28 Nov; the year only when it is another one. */
export function date(at: string | Date, language: Language, now = new Date(serverNow()), zone?: string): string {
  const day = new Date(at);
  const year = day.getFullYear() === now.getFullYear() ? undefined : "numeric";
  const options: Intl.DateTimeFormatOptions = {
    year,
    month: language === "ja" ? "long" : "short",
    day: "numeric",
    weekday: "short",
    timeZone: zone,
  };
  const text = dates(localeOf(language), options).format(day);
  if (language === "ja") return text.replace("(", "（").replace(")", "）");
  return text.replace(/,/g, "");
}

/** 今日, 昨日, 明日 within a day; else the date. */
export function day(at: string | Date, language: Language, now = new Date(serverNow()), zone?: string): string {
  const away = dayNumber(new Date(at)) - dayNumber(now);
  if (Math.abs(away) > 1) return date(at, language, now, zone);
  const text = new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(away, "day");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function dayNumber(at: Date): number {
  return Math.round(Date.UTC(at.getFullYear(), at.getMonth(), at.getDate()) / 86_400_000);
}

export function money(value: Money, language: Language): string {
  const format = numbers(localeOf(language), {
    style: "currency",
    currency: value.currency,
    currencyDisplay: "narrowSymbol",
  });
  const decimals = format.resolvedOptions().maximumFractionDigits ?? 2;
  // Japanese locales print the full-width yen sign, which breaks the line of figures.
  return format.format(value.amount_minor / 10 ** decimals).replace("￥", "¥");
}

export function fileSize(bytes: number, language: Language): string {
  const unit = bytes >= 1_000_000 ? "megabyte" : "kilobyte";
  const amount = unit === "megabyte" ? bytes / 1_000_000 : Math.max(1, bytes / 1000);
  return numbers(localeOf(language), {
    style: "unit",
    unit,
    unitDisplay: "short",
    maximumFractionDigits: unit === "megabyte" ? 1 : 0,
  }).format(amount);
}

/** What stands in a person's circle: the first character of the name as it is written. */
export function initial(name: string | null | undefined): string {
  const [first = "?"] = (name ?? "").trim();
  return first.toUpperCase();
}

/** The same person has the same colour everywhere; the choice means nothing else. */
export function personClass(name: string | null | undefined): string {
  let sum = 0;
  for (const character of name ?? "") sum = (sum * 31 + character.codePointAt(0)!) >>> 0;
  return `person-${(sum % 3) + 1}`;
}
