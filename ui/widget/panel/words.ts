// The panel's words in the session's language, handed down the tree.
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import kitEn from "../../kit/strings/en.json";
import kitJa from "../../kit/strings/ja.json";
import { translator, type Translate } from "../../kit/translate";
import type { Language } from "../../kit/types";
import en from "../strings/en.json";
import ja from "../strings/ja.json";

const tables = { ja: { ...kitJa, ...ja }, en: { ...kitEn, ...en } };

export type Word = keyof (typeof tables)["ja"];

export interface Words {
  language: Language;
  t: Translate<Word>;
}

export function wordsIn(language: Language): Words {
  return { language, t: translator<Word>(tables[language]) };
}

export const WordsContext = createContext<Words>(wordsIn("ja"));

export function useWords(): Words {
  return useContext(WordsContext);
}
