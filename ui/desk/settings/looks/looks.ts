// How the chat looks: as it is kept, as it is being chosen, and as the preview shows it.
import type { Language, Looks, Session } from "../../../kit/types";
import { get, post } from "../../state/api";
import type { Appearance, LooksShape as Kept, LooksTried, Opening } from "../../server";

export type { LooksShape as Kept } from "../../server";

export type Openings = LooksTried["openings"];
const NO_OPENING: Opening = { greeting: "", quick_replies: [] };

export interface Draft {
  /** As it is typed; empty is our own colour. */
  accent: string;
  greeting: Record<Language, string>;
  replies: Record<Language, string>;
  looks: Looks;
}

export const COLOURS = ["#27408B", "#2F6B4A", "#7A3B2E", "#1F2023", "#6B4A7E"] as const;
export const ICONS: Looks["icon"][] = ["chat", "bag", "help", "clerk"];
export const LANGUAGES: Language[] = ["ja", "en"];
const COLOUR = /^#[0-9a-f]{6}$/i;

export const loadLooks = (): Promise<Kept> => get("/api/looks");
export const keepLooks = (draft: Draft): Promise<Kept> => post("/api/looks", bodyOf(draft));
export const tryLooks = (draft: Draft): Promise<LooksTried> =>
  // A colour that is half typed is not tried.
  post("/api/looks/preview", { ...bodyOf(draft), accent: isColour(draft.accent) ? draft.accent : null });

export const isColour = (text: string): boolean => COLOUR.test(text);

export function draftOf({ looks }: Kept): Draft {
  return {
    accent: looks.accent ?? "",
    greeting: { ja: looks.greeting.ja ?? "", en: looks.greeting.en ?? "" },
    replies: { ja: (looks.quick_replies.ja ?? []).join("\n"), en: (looks.quick_replies.en ?? []).join("\n") },
    looks: looks.looks,
  };
}

function bodyOf(draft: Draft): Appearance {
  const lines = (text: string) => text.split("\n").map((one) => one.trim()).filter(Boolean);
  return {
    accent: draft.accent.trim() || null,
    greeting: draft.greeting,
    quick_replies: { ja: lines(draft.replies.ja), en: lines(draft.replies.en) },
    looks: draft.looks,
  };
}

/** A session of nobody, for the preview. */
export function previewOf(draft: Draft, kept: Kept, openings: Openings, language: Language): Session {
  return {
    token: "",
    visitor: "preview",
    language,
    shop: { ...kept.shop, accent: isColour(draft.accent) ? draft.accent : null, ...(openings[language] ?? NO_OPENING), looks: draft.looks },
    conversation: null,
    cursor: "",
    file_limit_bytes: 0,
    file_types: [],
    preview: true,
  };
}

/** What is pasted on the shop's pages; the side stands in it so that nothing jumps when a page opens. */
export function codeOf(key: string, looks: Looks): string {
  const side = looks.side === "left" ? ' data-side="left"' : "";
  return `<script async src="${location.origin}/widget.js" data-shop="${key}"${side}></script>`;
}
