// Words by language. A page joins the tables it needs; the keys of the Japanese table are the type.
import type { Language } from "./types";

export type Values = Record<string, string | number>;
export type Translate<K extends string> = (key: K, values?: Values) => string;

/** `{name}` is filled in; with `n: 1` a key that has a sibling `key_one` uses that one. */
export function translator<K extends string>(table: Record<K, string>): Translate<K> {
  const words = table as Record<string, string>;
  return (key, values = {}) => {
    const singular = values.n === 1 ? words[`${key}_one`] : undefined;
    const pattern = singular ?? words[key] ?? key;
    return pattern.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
  };
}

export function languageOf(tag: string | null | undefined): Language {
  return (tag ?? "").toLowerCase().startsWith("ja") ? "ja" : "en";
}
