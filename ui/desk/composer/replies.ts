// The saved replies of the shop and of this agent, and which fit what is typed.
import { get, post, put, remove } from "../state/api";
import { Store } from "../state/store";
import type { SavedReply } from "../server";

export type { SavedReply } from "../server";

export type ReplyBody = Omit<SavedReply, "id">;

export class Replies {
  readonly store = new Store<{ replies: readonly SavedReply[]; blanks: readonly string[]; phase: "idle" | "ready" | "failed" }>({
    replies: [], blanks: [], phase: "idle",
  });

  async load(): Promise<void> {
    const answer = await get("/api/saved-replies").catch(() => null);
    this.store.set(answer ? { ...answer, phase: "ready" } : { phase: "failed" });
  }

  async save(id: number | null, body: ReplyBody): Promise<void> {
    if (id === null) await post("/api/saved-replies", body);
    else await put(`/api/saved-replies/${id}`, body);
    await this.load();
  }

  async drop(id: number): Promise<void> {
    await remove(`/api/saved-replies/${id}`);
    await this.load();
  }
}

/** Shortcut first, then title, then words; of two alike the one in the customer's language. */
export function fitting(replies: readonly SavedReply[], query: string, language: string): SavedReply[] {
  const wanted = query.toLowerCase();
  const rank = ({ shortcut, title, text }: SavedReply): number => {
    if (shortcut.startsWith(wanted)) return 0;
    if (title.toLowerCase().includes(wanted)) return 1;
    return text.toLowerCase().includes(wanted) ? 2 : 9;
  };
  const foreign = (one: SavedReply): number => (one.language && one.language !== language ? 1 : 0);
  return replies
    .filter((one) => rank(one) < 9)
    .sort((one, other) => foreign(one) - foreign(other) || rank(one) - rank(other) || one.title.localeCompare(other.title));
}
