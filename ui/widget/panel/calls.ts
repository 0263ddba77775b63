// The widget's calls, one function each, as the web protocol names them.
import { ApiError, call } from "../../kit/api";
import type { Placed } from "../../kit/merge";
import { upload, type Uploaded } from "../../kit/upload";
import type { Cursor, EventsFrame, FileRef, Message, Session, ShopperConversation, WidgetEvent } from "../../kit/types";

export interface Draft {
  client_id: string;
  text: string;
  payload: string | null;
  file: string | null;
  sticker?: string;
  page: string | null;
  /** What the shopper sees until the server shows the message back; not sent. */
  preview: FileRef | null;
}

export interface History {
  conversation: ShopperConversation | null;
  messages: Message[];
}

const POLL_S = 25;

export class Calls {
  private readonly base: string;
  token = "";
  /** The language that the shop's words are asked for in. */
  language = "ja";

  constructor(readonly inbox: string) {
    this.base = `/api/widget/${encodeURIComponent(inbox)}`;
  }

  get liveUrl(): string {
    return `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${this.base}/live`;
  }

  async session(token: string | null, language: string): Promise<Session> {
    const body = { token, identity: null, language };
    try {
      return await call<Session>(`${this.base}/session`, { body });
    } catch (error) {
      if (!token || !(error instanceof ApiError) || error.status !== 401) throw error;
      return call<Session>(`${this.base}/session`, { body: { ...body, token: null } });
    }
  }

  send({ preview: _, ...body }: Draft): Promise<{ client_id: string }> {
    return call(`${this.base}/messages`, { body, headers: this.headers });
  }

  form(body: { asked: number; client_id: string; values: Record<string, string[]> }): Promise<unknown> {
    return call(`${this.base}/forms`, { body, headers: this.headers });
  }

  history(where: { after_seq: number }): Promise<History> {
    return call(`${this.base}/messages?after_seq=${where.after_seq}`, { headers: this.headers });
  }

  /** What was said before a place, earlier conversations included. */
  earlier(before: Placed, limit: number): Promise<{ messages: Message[]; has_earlier: boolean }> {
    const where = { conversation: String(before.conversation), before_seq: String(before.seq), limit: String(limit) };
    return call(`${this.base}/history?${new URLSearchParams(where)}`, { headers: this.headers });
  }

  shop<T>(what: string, where: Record<string, string | number> = {}): Promise<T> {
    return call(`${this.base}/${what}?${this.asked(where)}`, { headers: this.headers });
  }

  sell<T>(what: string, body: object): Promise<T> {
    return call(`${this.base}/${what}?${this.asked({})}`, { body, headers: this.headers });
  }

  private asked(where: Record<string, string | number>): URLSearchParams {
    const named = Object.entries(where).map(([name, value]): [string, string] => [name, String(value)]);
    return new URLSearchParams([...named, ["lang", this.language]]);
  }

  poll(cursor: Cursor | null, signal: AbortSignal): Promise<EventsFrame<WidgetEvent>> {
    const query = new URLSearchParams({ cursor: cursor ?? "", wait_s: String(POLL_S) });
    return call(`${this.base}/events?${query}`, {
      headers: this.headers,
      signal,
      timeoutMs: (POLL_S + 15) * 1000,
    });
  }

  upload(file: File, onProgress: (share: number) => void, signal: AbortSignal): Promise<Uploaded> {
    return upload(`${this.base}/files`, file, { headers: this.headers, onProgress, signal });
  }

  private get headers(): Record<string, string> {
    // What is refused is said in the chat's language, whatever the browser's is.
    return { Authorization: `Bearer ${this.token}`, "Accept-Language": this.language };
  }
}
