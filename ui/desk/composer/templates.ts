// Message templates of an address, and what a filled one reads like: the same as kaiwa/vocabulary/template.py.
import { newClientId } from "../../kit/ids";
import { get, post } from "../state/api";
import type { OpenThread } from "../state/open-thread";
import type { Route } from "../wire";
import type { Template } from "../server";

export type { Blank, Button as TemplateButton, Template } from "../server";

export type Values = Readonly<Record<string, string>>;

const BLANK = /\{\{\s*(\w+)\s*\}\}/g;

/** The address whose templates are offered: the chosen one, else the first that takes any. */
export function templateRoute(routes: readonly Route[], chosen: Route | null): Route | null {
  if (chosen && chosen.templates > 0) return chosen;
  return routes.find((one) => one.held && one.templates > 0) ?? routes.find((one) => one.templates > 0) ?? null;
}

export function partWords(template: Template, part: "header" | "body", values: Values): string {
  return filledWords(template[part], part, values);
}

/** Words with their values; `part` is what their blanks' keys begin with. */
export function filledWords(words: string, part: string, values: Values): string {
  return words.replace(BLANK, (whole, name: string) => values[`${part}.${name}`]?.trim() || whole);
}

/** Which card of a carousel a blank is on, from 1, and its name there; card 0: on none. */
export function placeOf(key: string): { card: number; name: string } {
  const found = /^card\.(\d+)\.(.+)$/.exec(key);
  return found ? { card: Number(found[1]) + 1, name: found[2] ?? "" } : { card: 0, name: key };
}

export function missingOf(template: Template, values: Values): string[] {
  return template.blanks.filter((blank) => !blank.optional && !values[blank.key]?.trim()).map((blank) => blank.key);
}

export async function templatesOf(conversation: number, identity: number): Promise<Template[]> {
  const path = `/api/conversations/${conversation}/templates?identity=${identity}` as const;
  return (await get(path)).templates;
}

/** Send it; `clientId` is the same for every try, so that it goes out once. */
export async function sendTemplate(
  thread: OpenThread,
  identity: number,
  template: Template,
  values: Values,
  clientId = newClientId(),
): Promise<void> {
  const { row, messages } = thread.conversation.store.get();
  const answer = await post(`/api/conversations/${thread.id}/template`, {
    client_id: clientId,
    epoch: row?.epoch ?? 0,
    last_seq: Math.max(row?.last_seq ?? 0, messages.at(-1)?.seq ?? 0),
    identity,
    name: template.name,
    language: template.language,
    values,
  });
  thread.conversation.takeMessage(answer.message);
  thread.conversation.putRow(answer.conversation);
}

/** A moment on the reader's clock, with the offset of that clock then: everybody knows when it is. */
export function withOffset(local: string): string {
  const at = new Date(local);
  if (Number.isNaN(at.getTime())) return "";
  const minutes = -at.getTimezoneOffset();
  const two = (number: number) => String(Math.floor(number)).padStart(2, "0");
  return `${local}${minutes < 0 ? "-" : "+"}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`;
}
