// The shop's voice as the server keeps it, and as it is being written: lists are one text while they are typed.
import type { Language } from "../../kit/types";
import { get, post } from "../state/api";
import type { VoiceSeen, VoiceTried, VoiceWhole } from "../server";

export type { Sample, VoiceSeen as Kept } from "../server";

export const TONES = ["polite", "friendly", "concise"] as const;
export const EMOJI = ["none", "few"] as const;
export const DISCLOSURES = ["start", "asked"] as const;
export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export const LANGUAGES: Language[] = ["ja", "en"];

export type Weekday = (typeof WEEKDAYS)[number];
type ByLanguage = Record<string, string>;

export type Samples = VoiceTried["samples"];

export interface TopicDraft {
  id: number;
  name: string;
  words: Record<Language, string>;
  answer: Record<Language, string>;
  person: boolean;
}

export interface Draft extends Pick<VoiceWhole, "bot_name" | "tone" | "emoji" | "disclosure" | "holidays" | "public_holidays"> {
  greeting: Record<Language, string>;
  about: Record<Language, string>;
  topics: TopicDraft[];
  weekly: Record<Weekday, string>;
  highValue: string;
}

let numbers = 0;

export function newTopic(): TopicDraft {
  return { id: ++numbers, name: "", words: { ja: "", en: "" }, answer: { ja: "", en: "" }, person: false };
}

export function draftOf({ voice, decimals }: VoiceSeen): Draft {
  const both = (told: ByLanguage) => ({ ja: told.ja ?? "", en: told.en ?? "" });
  const spans = (day: Weekday) => (voice.weekly[day] ?? []).join(", ");
  const { bot_name, tone, emoji, disclosure, holidays, public_holidays } = voice;
  return {
    bot_name,
    tone,
    emoji,
    disclosure,
    holidays,
    public_holidays,
    greeting: both(voice.greeting),
    about: both(voice.about),
    topics: voice.topics.map((topic) => ({
      ...newTopic(),
      name: topic.name,
      words: both({ ja: topic.words.ja?.join("、") ?? "", en: topic.words.en?.join(", ") ?? "" }),
      answer: both(topic.answer),
      person: topic.person,
    })),
    weekly: Object.fromEntries(WEEKDAYS.map((day) => [day, spans(day)])) as Record<Weekday, string>,
    highValue: voice.high_value_minor === null ? "" : amountText(voice.high_value_minor, decimals),
  };
}

/** What is sent. An amount that is none becomes 0, which the server refuses with its reason. */
export function bodyOf(draft: Draft, decimals: number): VoiceWhole {
  const { bot_name, tone, emoji, disclosure, holidays, public_holidays, greeting, about } = draft;
  return {
    bot_name,
    tone,
    emoji,
    disclosure,
    holidays,
    public_holidays,
    greeting,
    about,
    topics: draft.topics.filter(isBegun).map(({ name, words, answer, person }) => ({
      name,
      words: { ja: listOf(words.ja), en: listOf(words.en) },
      answer,
      person,
    })),
    weekly: Object.fromEntries(WEEKDAYS.map((day) => [day, spansOf(draft.weekly[day])])),
    high_value_minor: minorOf(draft.highValue, decimals),
  };
}

/** A topic with nothing in it yet is none. */
function isBegun({ name, words, answer }: TopicDraft): boolean {
  return [name, words.ja, words.en, answer.ja, answer.en].some((text) => text.trim() !== "");
}

function isWhole({ name, words }: TopicDraft): boolean {
  return name.trim() !== "" && [words.ja, words.en].some((text) => listOf(text).length > 0);
}

export function listOf(text: string): string[] {
  return text.split(/[,、\n]/).map((one) => one.trim()).filter(Boolean);
}

/** "9:00〜12:00、13:00-18:00" as the server writes it. */
export function spansOf(text: string): string[] {
  const plain = text.normalize("NFKC").replace(/\s*[-–—~〜]\s*/g, "-");
  return listOf(plain).map((span) => span.replace(/(^|-)(\d):/g, "$10$2:"));
}

export function minorOf(text: string, decimals: number): number | null {
  const plain = text.normalize("NFKC").replace(/[,\s¥$]/g, "");
  if (!plain) return null;
  const amount = Number(plain);
  return Number.isFinite(amount) ? Math.round(amount * 10 ** decimals) : 0;
}

function amountText(minor: number, decimals: number): string {
  return (minor / 10 ** decimals).toFixed(decimals);
}

export const loadVoice = (): Promise<VoiceSeen> => get("/api/voice");
export const keepVoice = (draft: Draft, decimals: number): Promise<VoiceSeen> =>
  post("/api/voice", bodyOf(draft, decimals));
export const tryVoice = (
  draft: Draft,
  decimals: number,
  said: string,
): Promise<VoiceTried> =>
  // What is half written is not tried yet: nobody is told of a fault while they type.
  post("/api/voice/preview", {
    voice: bodyOf({ ...draft, topics: draft.topics.filter(isWhole) }, decimals),
    said,
  });
