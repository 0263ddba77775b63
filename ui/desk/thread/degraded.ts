// What a channel could not carry, as a sentence: which part, what it became, and what was lost.
import type { Degradation } from "../wire";

const BLOCKS = [
  "text", "image", "video", "audio", "file", "product_card", "carousel", "choice_list", "buttons", "quick_replies",
  "form", "coupon", "receipt", "order_status", "payment_request", "sticker", "reply",
  "native",
] as const;
const BECAME = [
  "text", "text with link", "link", "clipped", "dropped", "quick reply", "message", "merged text", "no picture", "push",
  "list", "first few", "shorter", "apart", "further card", "catalogue", "written answer", "keyboard", "plain letters",
  "nothing", "blocks",
] as const;

type Words = (key: `desk.part.${(typeof BLOCKS)[number]}` | `desk.became.${(typeof BECAME)[number]}`, values?: Record<string, string>) => string;

/** null when it became something we have no words for. */
export function sentenceOf({ block, became, lost }: Degradation, t: Words): string | null {
  const part = BLOCKS.find((one) => one === block);
  const end = BECAME.find((one) => one === became);
  if (!part || !end) return null;
  const named = /: (.+)$/.exec(lost)?.[1];
  const what = t(`desk.part.${part}`);
  return t(`desk.became.${end}`, { part: named ? `${what}「${named}」` : what });
}
