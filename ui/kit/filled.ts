// What was answered in a form, as it is read: a day the local way, several choices side by side.
import { date } from "./locale";
import type { FilledForm, Language } from "./types";

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export function answerWords({ kind, values }: FilledForm["filled"][number], language: Language): string {
  // A day is a day wherever it is read: noon is on it in every time zone.
  return values.map((one) => (kind === "date" && DAY.test(one) ? date(`${one}T12:00`, language) : one)).join(" / ");
}
