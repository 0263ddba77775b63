// Why a conversation went where it went: the server's facts in the reader's language.
import { type Words, wordOr } from "../words/words";

interface Why {
  by: string;
  load: number;
  capacity: number;
  skills?: string[];
  language?: string;
  team?: boolean;
  waived?: string[];
}

/** Null when it is none of ours: a newer server's words stay out rather than garbled. */
export function routedWhy(t: Words, reason: string): string | null {
  const why = read(reason);
  if (!why) return null;
  const language = (code: string) => wordOr(t, `staff.language.${code}`, code);
  const named = (one: string) => (one.startsWith("language:") ? language(one.slice(9)) : one);
  const parts = [
    wordOr(t, `staff.why.${why.by}`, why.by),
    why.skills?.length && t("staff.why.skills", { names: why.skills.join("・") }),
    why.language && t("staff.why.language", { name: language(why.language) }),
    why.team && t("staff.why.team"),
    why.waived?.length && t("staff.why.waived", { names: why.waived.map(named).join("・") }),
    t("staff.load", { load: why.load, capacity: why.capacity }),
  ];
  return parts.filter(Boolean).join(" · ");
}

function read(reason: string): Why | null {
  try {
    const found = JSON.parse(reason) as Why;
    return typeof found?.by === "string" ? found : null;
  } catch {
    return null;
  }
}
