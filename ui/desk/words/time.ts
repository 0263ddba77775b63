// How long, since when, and which day, in words; and a clock that draws them again.
import { serverNow } from "../../kit/clock";
import { useEffect, useState } from "preact/hooks";
import { dates } from "../../kit/formats";
import { date, day, time } from "../../kit/locale";
import type { Language } from "../../kit/types";
import { session } from "../account/session";
import type { Words } from "./words";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The present, read again every so often. */
export function useNow(everyMs = 30_000): number {
  const [now, setNow] = useState(serverNow());
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

function spoken(t: Words, kind: "wait" | "ago", ms: number): string {
  if (ms < MINUTE) return t(`desk.${kind}.now`);
  if (ms < HOUR) return t(`desk.${kind}.minutes`, { n: Math.floor(ms / MINUTE) });
  if (ms < DAY) return t(`desk.${kind}.hours`, { n: Math.floor(ms / HOUR) });
  return t(`desk.${kind}.days`, { n: Math.floor(ms / DAY) });
}

export const waited = (t: Words, since: string, now: number): string => spoken(t, "wait", now - Date.parse(since));
export const ago = (t: Words, at: string, now: number): string => spoken(t, "ago", now - Date.parse(at));

/** The shop's days and hours are those of its own time zone, wherever the agent sits. */
export const zone = (): string | undefined => session.get().agent?.merchant.timezone;

export function dayKey(at: string): string {
  const parts: Intl.DateTimeFormatOptions = { year: "numeric", month: "2-digit", day: "2-digit", timeZone: zone() };
  return dates("sv-SE", parts).format(new Date(at));
}

/** The hour of today, the date of other days. */
export function shortTime(at: string, language: Language, now: number): string {
  const today = dayKey(at) === dayKey(new Date(now).toISOString());
  return today ? time(at, language, zone()) : shortDate(at, language);
}

export function shortDate(at: string, language: Language): string {
  const month = language === "ja" ? "long" : "short";
  const options: Intl.DateTimeFormatOptions = { month, day: "numeric", timeZone: zone() };
  return dates(language === "ja" ? "ja-JP" : "en-GB", options).format(new Date(at));
}

export const hour = (at: string, language: Language): string => time(at, language, zone());

/** 今日　11月21日（土）: the near word and the date beside it. */
export function dayLine(at: string, language: Language): { near: string | null; date: string } {
  const full = date(at, language, undefined, zone());
  const near = day(at, language, undefined, zone());
  return { near: near === full ? null : near, date: full };
}

export function exact(at: string, language: Language): string {
  const options: Intl.DateTimeFormatOptions = { dateStyle: "full", timeStyle: "medium", timeZone: zone() };
  return dates(language === "ja" ? "ja-JP" : "en-GB", options).format(new Date(at));
}

export function leftWords(t: Words, ms: number): string {
  if (ms < MINUTE) return t("desk.time.s", { s: Math.max(0, Math.ceil(ms / 1000)) });
  if (ms < HOUR) return t("desk.time.m", { m: Math.floor(ms / MINUTE) });
  if (ms < 2 * DAY) return t("desk.time.hm", { h: Math.floor(ms / HOUR), m: Math.floor((ms % HOUR) / MINUTE) });
  return t("desk.time.d", { d: Math.floor(ms / DAY) });
}
