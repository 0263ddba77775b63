// What can be done from the palette now: with the open conversation, and where one can go.
import { chooseTheme, theme } from "../account/theme";
import { logOut } from "../account/session";
import { blanksIn, filled, type Facts } from "../composer/blanks";
import type { GlyphName } from "../icons";
import { mayOpen, PAGES } from "../settings/nav";
import { openSettings, settingsPlace } from "../settings/place";
import { get } from "../state/api";
import type { Desk } from "../state/desk";
import type { OpenThread } from "../state/open-thread";
import { leavePage, openPage, pages } from "../state/pages";
import { go, type Place, route } from "../state/route";
import { type View, VIEWS } from "../wire";
import type { Words } from "../words/words";
import type { SavedReply } from "../composer/replies";
import { openOver } from "./opened";
import type { Findable } from "./matching";
import { READINGS } from "./readings";

export type ActGroup = "here" | "replies" | "go" | "self" | "said";
export const GROUPS: readonly ActGroup[] = ["here", "replies", "go", "self"];

export interface Act extends Findable {
  id: string;
  group: ActGroup;
  glyph: GlyphName;
  /** More about it, beside the title. */
  aside?: string;
  key?: string;
  run: () => void;
}

/** Acts that press what stands on the screen: what is not there, or not now, is not offered. */
const PRESSED: readonly [id: string, element: string, glyph: GlyphName, key?: string][] = [
  ["take", "act-take", "hand"],
  ["back", "act-back", "bot", "B"],
  ["assign", "act-assign", "people", "A"],
  ["priority", "act-priority", "urgent", "P"],
  ["labels", "act-labels", "tag", "L"],
  ["snooze", "act-snooze", "moon", "H"],
  ["close", "act-close", "check", "E"],
  ["replies", "composer-replies", "bolt", "/"],
  ["product", "composer-products", "bag"],
  ["coupon", "composer-coupons", "ticket"],
  ["whisper", "act-whisper", "balloon", "W"],
  ["same", "act-same", "merge", "M"],
];

const VIEW_GLYPHS: Record<View, GlyphName> = {
  mine: "mine", mentions: "at", unassigned: "unassigned", open: "inbox", bot: "bot", waiting: "clock", late: "warn", snoozed: "moon", closed: "check",
};

export function actsNow(desk: Desk, t: Words): Act[] {
  const away = settingsPlace.get().open || pages.get().page !== null;
  const { thread } = desk.open.get();
  return [...(thread && !away ? [...withThread(desk, thread, t), ...replies(desk, thread)] : []), ...places(desk, t), ...oneself(desk, t)];
}

function withThread(desk: Desk, thread: OpenThread, t: Words): Act[] {
  const closed = thread.conversation.store.get().row?.status !== "open";
  const write = (mode: "reply" | "note") => () => {
    thread.draft.turn(mode);
    document.getElementById("composer-text")?.focus();
  };
  const pressed = PRESSED.flatMap(([id, element, glyph, key]): Act[] => {
    const button = document.getElementById(element) as HTMLButtonElement | null;
    if (!button || button.disabled || button.offsetParent === null) return [];
    const name = id === "close" && closed ? "reopen" : id;
    return [{ ...named(name, t), group: "here", glyph, key, run: () => document.getElementById(element)?.click() }];
  });
  const row = thread.conversation.store.get().row;
  const me = () => row && void desk.sort(row, { do: "assign", agent: desk.agent.id }).catch(() => undefined);
  const toMe: Act[] = row?.status === "open" && row.assignee?.id !== desk.agent.id ? [{ ...named("me", t), group: "here", glyph: "mine", key: "I", run: me }] : [];
  return [
    { ...named("reply", t), group: "here", glyph: "pencil", key: "R", run: write("reply") },
    { ...named("note", t), group: "here", glyph: "lock", key: "N", run: write("note") },
    ...toMe,
    ...pressed,
  ];
}

function replies(desk: Desk, thread: OpenThread): Act[] {
  return desk.replies.store.get().replies.map((one) => ({
    id: `reply-${one.id}`, group: "replies", glyph: "bolt", title: one.title, also: `${one.shortcut} ${one.text}`, aside: one.text,
    key: one.shortcut ? `/${one.shortcut}` : undefined, run: () => void putIn(thread, one),
  }));
}

/** At the end of what is written, its blanks filled from the conversation's records. */
async function putIn(thread: OpenThread, reply: SavedReply): Promise<void> {
  const words = blanksIn(reply.text).length === 0 ? reply.text : filled(reply.text, await factsOf(thread));
  thread.draft.turn("reply");
  const before = thread.draft.store.get().reply;
  thread.draft.write(before.trim() ? `${before.trimEnd()}\n${words}` : words);
  document.getElementById("composer-text")?.focus();
}

const factsOf = (thread: OpenThread): Promise<Facts> =>
  get(`/api/conversations/${thread.id}/reply-facts`).then(({ facts }) => facts, () => ({}));

function places(desk: Desk, t: Words): Act[] {
  const leads = desk.agent.role !== "agent";
  const views = VIEWS.map((view): Act => ({
    id: `view.${view}`, group: "go", glyph: VIEW_GLYPHS[view], title: t(`desk.view.${view}`), also: READINGS[`view.${view}`] ?? "", run: () => toDesk({ view, only: {}, query: null }),
  }));
  const saved = desk.views.store.get().views.map((one): Act => ({
    id: `saved-${one.id}`, group: "go", glyph: "filter", title: one.name, also: "", run: () => toDesk({ view: one.view, only: one.only, query: null }),
  }));
  const settings = PAGES.filter((one) => mayOpen(one, desk.agent)).map((one): Act => ({
    id: `page.${one.page}`, group: "go", glyph: one.glyph, title: `${t("settings.title")}: ${t(one.word)}`, also: `${READINGS.settings} ${READINGS[`page.${one.page}`] ?? ""}`, run: () => (leavePage(), openSettings(one.page)),
  }));
  const board: Act[] = leads ? [{ ...named("wallboard", t), group: "go", glyph: "device", run: () => openPage("wallboard") }] : [];
  return [...views, ...saved, ...board, ...settings];
}

function oneself(desk: Desk, t: Words): Act[] {
  const dark = theme.get().theme !== "dark";
  return [
    { ...named("theme", t), title: t(dark ? "palette.dark" : "palette.light"), group: "self", glyph: "moon", run: () => chooseTheme(dark ? "dark" : "light") },
    { ...named("status", t), title: t(isAway(desk) ? "palette.online" : "palette.away"), group: "self", glyph: "person", run: () => void desk.attendance.say(isAway(desk) ? "online" : "away").catch(() => undefined) },
    { ...named("keys", t), group: "self", glyph: "info", key: "?", run: () => openOver("keys") },
    { ...named("out", t), title: t("desk.account.out"), group: "self", glyph: "out", run: () => void logOut().catch(() => undefined) },
  ];
}

const isAway = (desk: Desk): boolean => desk.attendance.store.get().agents.get(desk.agent.id)?.status === "away";

function named(id: string, t: Words): { id: string; title: string; also: string } {
  return { id, title: t(`palette.act.${id}` as "palette.act.take"), also: READINGS[id] ?? "" };
}

/** To a place of the desk, out of the settings and the wallboard too. */
export function toDesk(place: Partial<Place>): void {
  leavePage();
  if (settingsPlace.get().open) settingsPlace.set({ open: false, page: null, part: "" });
  go(place);
}

export const allFound = (query: string): void => toDesk({ query, conversation: route.get().conversation });
