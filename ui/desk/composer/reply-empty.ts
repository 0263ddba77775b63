import type { ReplyBody } from "./replies";

/** A reply of which nothing is written yet. */
export const EMPTY: ReplyBody = { title: "", shortcut: "", language: null, text: "", shared: false };
