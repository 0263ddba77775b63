// The checkout's words; they come with its part of the program.
import { useMemo } from "preact/hooks";
import { translator, type Translate } from "../../../kit/translate";
import type { Language } from "../../../kit/types";
import { useWords } from "../words";
import en from "./strings/en.json";
import ja from "./strings/ja.json";

export type Word = keyof typeof ja;

export function useCheckoutWords(): { t: Translate<Word>; language: Language } {
  const { language } = useWords();
  return useMemo(() => ({ language, t: translator<Word>({ ja, en }[language]) }), [language]);
}
