// Messages as the server would write them, with only what a test is about.
import type { Message } from "../kit/types";

export function message(seq: number, part: Partial<Message> = {}): Message {
  const at = new Date(Date.UTC(2026, 10, 21, 5, 0, seq)).toISOString();
  return {
    id: seq,
    conversation: 1,
    seq,
    direction: "out",
    sender: "bot",
    name: null,
    agent: null,
    channel: "web_chat",
    state: "accepted",
    error: null,
    content: null,
    blocks: [{ type: "text", text: `${seq}` }],
    client_id: null,
    degradations: [],
    occurred_at: at,
    recorded_at: at,
    edited_at: null,
    unsent_at: null,
    ...part,
  };
}
