// The loader asks for the session, because only its request carries the shop's own Origin.
import type { Session } from "../../kit/types";
import type { Came } from "./arrival";
import type { Config } from "./config";
import type { Memory } from "./memory";

export async function askSession(config: Config, memory: Memory, identity: string | null, came: Came = {}): Promise<Session> {
  const known = memory.token();
  // What is refused is left out: a token that is not ours, then what the page says of who it is.
  let answer = await ask(config, known, identity, came);
  for (const [token, who] of [[null, identity], [known, null], [null, null]] as const)
    if (answer.status === 401) answer = await ask(config, token, who, came);
  if (!answer.ok) throw new Error(`Kaiwa: the session was refused (${answer.status})`);
  const session = (await answer.json()) as Session;
  memory.keep(session.token);
  if (came.ref) memory.come("");
  return session;
}

function ask(config: Config, token: string | null, identity: string | null, came: Came): Promise<Response> {
  return fetch(`${config.origin}/api/widget/${encodeURIComponent(config.inbox)}/session`, {
    method: "POST",
    credentials: "omit",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ token, identity, language: config.language, ...came }),
  });
}

/** What the shop said and the shopper has not seen. */
export function unreadOf(session: Session): number {
  const said = session.conversation?.messages ?? [];
  return said.filter(
    (message) => message.direction === "out" && (message.state === "accepted" || message.state === "delivered"),
  ).length;
}

/** Somebody may still answer: then the connection is worth having before the chat is opened. */
export function answerExpected(session: Session): boolean {
  const conversation = session.conversation;
  return conversation?.status === "open" && (conversation.waiting || conversation.answered_by === "agent");
}
