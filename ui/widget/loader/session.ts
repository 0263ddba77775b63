// The loader asks for the session, because only its request carries the shop's own Origin.
import type { Session } from "../../kit/types";
import type { Config } from "./config";
import type { Memory } from "./memory";

export async function askSession(config: Config, memory: Memory, identity: string | null, ref: string | null = null): Promise<Session> {
  const known = memory.token();
  const response = await ask(config, known, identity, ref);
  // A token that is refused as not ours: begin anew without it.
  const answer = response.status === 401 && known ? await ask(config, null, identity, ref) : response;
  if (!answer.ok) throw new Error(`Kaiwa: the session was refused (${answer.status})`);
  const session = (await answer.json()) as Session;
  memory.keep(session.token);
  return session;
}

function ask(config: Config, token: string | null, identity: string | null, ref: string | null): Promise<Response> {
  return fetch(`${config.origin}/api/widget/${encodeURIComponent(config.inbox)}/session`, {
    method: "POST",
    credentials: "omit",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ token, identity, language: config.language, ...(ref && { ref }) }),
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
