// Everything the panel shows follows from this.
import type { LiveState } from "../../kit/live";
import type { Entry } from "../../kit/outbox";
import type { Placed } from "../../kit/merge";
import { State } from "../../kit/state";
import type { Message, Session, ShopperConversation } from "../../kit/types";
import type { Draft } from "./calls";
import type { SoFar } from "./so-far";

export interface Typing {
  sender: "bot" | "agent";
  name: string;
}

export interface PanelState {
  session: Session | null;
  /** The session could not be had; trying again is offered. */
  unreachable: boolean;
  conversation: ShopperConversation | null;
  messages: Message[];
  entries: Entry<Draft>[];
  live: LiveState;
  /** Since when there is no connection (ms), or null. */
  cutAt: number | null;
  typing: Typing | null;
  /** The answer that is being made, as it was told last. */
  soFar: SoFar | null;
  open: boolean;
  hasEarlier: boolean;
  loadingEarlier: boolean;
  /** The first message that was unread when the panel was opened. */
  unreadFrom: Placed | null;
}

export type Panel = State<PanelState>;

export function newPanel(open: boolean): Panel {
  return new State<PanelState>({
    session: null,
    unreachable: false,
    conversation: null,
    messages: [],
    entries: [],
    live: { kind: "connecting" },
    cutAt: null,
    typing: null,
    soFar: null,
    open,
    hasEarlier: false,
    loadingEarlier: false,
    unreadFrom: null,
  });
}

/** The one to show: an open conversation, else the newest. A late word about an older one changes nothing. */
export function isLater(fresh: ShopperConversation, known: ShopperConversation | null): boolean {
  return !known || fresh.id >= known.id || (fresh.status === "open" && known.status === "closed");
}

/** Said by the shop, seen by the shop's own account as sent, not yet read by the shopper. */
export function isUnread(message: Message): boolean {
  return message.direction === "out" && (message.state === "accepted" || message.state === "delivered");
}
