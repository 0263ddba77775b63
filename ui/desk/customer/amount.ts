import { numbers } from "../../kit/formats";

/** What was typed, in minor units; 0 when it is no amount of this currency. */
export function minorOf(text: string, currency: string): number {
  const digits = numbers("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
  const plain = text.normalize("NFKC").replace(/[,\s¥$€£]/g, "");
  if (!new RegExp(`^\\d{1,12}(\\.\\d{1,${Math.max(digits, 1)}})?$`).test(plain)) return 0;
  const [whole = "0", part = ""] = plain.split(".");
  if (digits === 0 && part) return 0;
  return Number(whole) * 10 ** digits + Number(part.padEnd(digits, "0") || 0);
}
