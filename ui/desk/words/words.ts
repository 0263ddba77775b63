// The desk's words: the kit's and its own, in the language the agent chose on this device or has on the server.
import kitEn from "../../kit/strings/en.json";
import kitJa from "../../kit/strings/ja.json";
import { safeStorage } from "../../kit/storage";
import { languageOf, translator, type Values } from "../../kit/translate";
import type { Language } from "../../kit/types";
import { session } from "../account/session";
import { Store, useStore } from "../state/store";
import accountEn from "../account/strings/en.json";
import accountJa from "../account/strings/ja.json";
import composerEn from "../composer/strings/en.json";
import composerJa from "../composer/strings/ja.json";
import paletteEn from "../palette/strings/en.json";
import paletteJa from "../palette/strings/ja.json";
import settingsEn from "../settings/strings/en.json";
import settingsJa from "../settings/strings/ja.json";
import staffEn from "../staff/strings/en.json";
import staffJa from "../staff/strings/ja.json";
import en from "../strings/en.json";
import ja from "../strings/ja.json";
import type { Shopper } from "../wire";

export type Word = keyof typeof kitJa | keyof typeof ja | keyof typeof settingsJa | keyof typeof staffJa | keyof typeof accountJa | keyof typeof composerJa | keyof typeof paletteJa;

const table: Record<Language, Record<Word, string>> = {
  ja: { ...kitJa, ...ja, ...settingsJa, ...staffJa, ...accountJa, ...composerJa, ...paletteJa },
  en: { ...kitEn, ...en, ...settingsEn, ...staffEn, ...accountEn, ...composerEn, ...paletteEn },
};
const translators = { ja: translator(table.ja), en: translator(table.en) };
const disk = safeStorage();
const KEY = "kaiwa.language";

const chosen = new Store<{ language: Language | null }>({ language: disk.get(KEY) as Language | null });

function present(): Language {
  const { agent } = session.get();
  return chosen.get().language ?? languageOf(agent?.language ?? navigator.language);
}

export function chooseLanguage(language: Language): void {
  disk.set(KEY, language);
  chosen.set({ language });
  setPageLanguage();
}

export function setPageLanguage(): void {
  document.documentElement.lang = present();
}

export function useLanguage(): Language {
  useStore(chosen, (state) => state.language);
  useStore(session, (state) => state.agent?.language);
  return present();
}

export function useWords() {
  return translators[useLanguage()];
}

export type Words = ReturnType<typeof useWords>;

/** Outside of anything drawn. */
export const wordsNow = (): Words => translators[present()];

/** For words that exist only for some values: a channel or an event of a newer server stays readable. */
export function wordOr(t: Words, key: string, fallback: string, values?: Values): string {
  return key in table.ja ? t(key as Word, values) : fallback;
}

/** Nameless visitors are told apart by their number. */
export function nameOf(t: Words, { id, name }: Shopper): string {
  return name || t("desk.visitor", { n: id });
}

export function useChannelName(): (channel: string) => string {
  const t = useWords();
  return (channel) => wordOr(t, `desk.channel.${channel}`, channel);
}
