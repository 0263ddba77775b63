// What the loader (on the shop's page) and the panel (in our frame) say to each other. Data only, never markup.
import type { CartItem, Session } from "../kit/types";

export type Theme = "light" | "dark" | "system";

export interface PageView {
  url: string;
  title: string;
  product: string | null;
}

export type ToPanel =
  | { kaiwa: "session"; session: Session }
  | { kaiwa: "unreachable" }
  | { kaiwa: "visible"; open: boolean }
  | { kaiwa: "page"; page: PageView }
  | { kaiwa: "cart"; items: CartItem[] }
  | { kaiwa: "say"; text: string };

export type ToLoader =
  | { kaiwa: "ready" }
  | { kaiwa: "close" }
  | { kaiwa: "renew" }
  | { kaiwa: "unread"; count: number }
  | { kaiwa: "pieces"; pieces: number };

export function isOurs(data: unknown): data is { kaiwa: string } {
  return typeof data === "object" && data !== null && typeof (data as { kaiwa?: unknown }).kaiwa === "string";
}
