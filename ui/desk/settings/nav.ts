// The pages of the settings, a line each. A page is loaded when it is first opened.
import type { ComponentType } from "preact";
import type { GlyphName } from "../icons";
import type { Agent } from "../wire";
import type { Word } from "../words/words";

export interface Entry {
  /** The end of its address. */
  page: string;
  word: Word;
  glyph: GlyphName;
  /** Everybody, or those who may change the shop. */
  may: "all" | "leads";
  load: () => Promise<ComponentType>;
}

export const PAGES: readonly Entry[] = [
  { page: "shop", word: "settings.shop", glyph: "bag", may: "leads", load: () => import("./shop/ShopPage").then((part) => part.ShopPage) },
  { page: "voice", word: "voice.title", glyph: "bot", may: "leads", load: () => import("./VoicePage").then((part) => part.VoicePage) },
  { page: "inboxes", word: "settings.inboxes", glyph: "inbox", may: "leads", load: () => import("./inboxes/InboxesPage").then((part) => part.InboxesPage) },
  { page: "looks", word: "settings.looks", glyph: "chat", may: "leads", load: () => import("./looks/LooksPage").then((part) => part.LooksPage) },
  { page: "staff", word: "settings.staff", glyph: "people", may: "leads", load: () => import("./staff/StaffPage").then((part) => part.StaffPage) },
  { page: "teams", word: "desk.teams", glyph: "mine", may: "leads", load: () => import("./terms/TeamsPage").then((part) => part.TeamsPage) },
  { page: "routing", word: "routing.title", glyph: "swap", may: "leads", load: () => import("./routing/RoutingPage").then((part) => part.RoutingPage) },
  { page: "fallback", word: "fallback.title", glyph: "plane", may: "leads", load: () => import("./fallback/FallbackPage").then((part) => part.FallbackPage) },
  { page: "labels", word: "desk.labels", glyph: "tag", may: "leads", load: () => import("./terms/LabelsPage").then((part) => part.LabelsPage) },
  { page: "replies", word: "desk.replies", glyph: "bolt", may: "all", load: () => import("./replies/RepliesPage").then((part) => part.RepliesPage) },
  { page: "forms", word: "form.title", glyph: "note", may: "leads", load: () => import("./forms/FormsPage").then((part) => part.FormsPage) },
  { page: "faq", word: "settings.faq", glyph: "help", may: "all", load: () => import("./faq/FaqPage").then((part) => part.FaqPage) },
  { page: "unanswered", word: "settings.unanswered", glyph: "info", may: "leads", load: () => import("./faq/UnansweredPage").then((part) => part.UnansweredPage) },
  { page: "export", word: "settings.export", glyph: "out", may: "leads", load: () => import("./export/ExportPage").then((part) => part.ExportPage) },
  { page: "account", word: "settings.account", glyph: "person", may: "all", load: () => import("./account/AccountPage").then((part) => part.AccountPage) },
];

export const mayOpen = (entry: Entry, agent: Agent): boolean => entry.may === "all" || agent.role !== "agent";
