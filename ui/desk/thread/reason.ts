// Why a send failed: the server keeps a word for programs before words for people ("quota: …").

const KNOWN = [
  "blocked", "inbox_off", "quota", "window_closed", "credentials", "invalid", "unreachable", "gone", "crashed_while_sending",
  "no_consent", "template",
] as const;

type Reason = (typeof KNOWN)[number];

/** The words for it in the agent's language, or null when the reason is not known to us. */
export function reasonKey(error: string | null): `desk.reason.${Reason}` | null {
  const word = /^[a-z_]+/.exec(error ?? "")?.[0];
  const known = KNOWN.find((one) => one === word);
  return known ? `desk.reason.${known}` : null;
}

/** What the server wrote for people, without the word before it. */
export function reasonRest(error: string | null): string {
  return (error ?? "").replace(/^[a-z_]+:\s*/, "");
}
