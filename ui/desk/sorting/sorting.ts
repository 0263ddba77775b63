// What an agent may do to a conversation's place in the work: the words of /conversations/{id}/sort and /bulk.
import type { Priority } from "../wire";

export type Sorting =
  | { do: "priority"; priority: Priority }
  | { do: "labels"; add?: number[]; remove?: number[] }
  | { do: "snooze"; until: string | null }
  | { do: "wake" }
  | { do: "assign"; agent?: number | null; team?: number | null }
  | { do: "close" };
