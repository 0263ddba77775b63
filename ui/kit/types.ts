// What travels between browser and server, written by hand from docs/en/reference/web-protocol.md.
// Fields the protocol leaves open are optional here: a reader must cope when they are absent.

export type Language = "ja" | "en";
export type Cursor = string;

export interface Money {
  amount_minor: number;
  currency: string;
}

export interface FileRef {
  url: string | null;
  name: string;
  type: string;
  size_bytes: number;
}

export type MessageState =
  | "queued"
  | "sending"
  | "accepted"
  | "delivered"
  | "read"
  | "failed"
  | "unknown"
  | "cancelled";

export type Content =
  | { type: "text"; text: string }
  | {
      type: FileKind;
      /** null while it is being fetched, and for ever when it is `lost`. */
      file: FileRef | null;
      text?: string | null;
      lost?: string | null;
    }
  /** `sticker`: the name of one of ours. */
  | { type: "sticker"; keywords?: string[]; text?: string | null; sticker?: string }
  | {
      type: "location";
      title?: string | null;
      address?: string | null;
      latitude?: number | null;
      longitude?: number | null;
    }
  | { type: "postback"; label?: string | null }
  | (FilledForm & { type: "form_answer" })
  | { type: "unsent"; parted: boolean }
  | { type: "unknown" };

export type Action =
  | { type: "reply"; label: string; text: string; payload?: string | null }
  | { type: "url"; label: string; url: string }
  | { type: "call"; label: string; phone: string }
  | { type: "location"; label: string };

export interface ProductCard {
  type?: "product_card";
  title: string;
  price?: Money | null;
  compare_at?: Money | null;
  /** One line of what it is. */
  facts?: string;
  image_url?: string | null;
  /** In words, as the record has it. */
  stock?: string;
  handle?: string;
  sku?: string;
  number?: number | null;
  actions?: Action[];
  alt_text?: string;
}

export interface ChoiceItem {
  title: string;
  description?: string;
  action?: Action | null;
}

export interface Coupon {
  title: string;
  code: string;
  description?: string;
  expires_at?: string | null;
  url?: string | null;
  alt_text?: string;
}

export interface ReceiptLine {
  title: string;
  quantity: number;
  total: Money;
}

export interface Receipt {
  number: string;
  lines: ReceiptLine[];
  /** Shipping, fees, discounts. */
  entries?: ReceiptLine[];
  total: Money;
  /** What tax is in the total, in words. */
  taxes?: string[];
  url?: string | null;
  alt_text?: string;
}

export interface OrderStatus {
  number: string;
  status: string;
  steps?: string[];
  /** The step it has reached. */
  step_index?: number;
  carrier?: string;
  tracking_number?: string;
  url?: string | null;
  alt_text?: string;
}

export interface PaymentRequest {
  title: string;
  total: Money;
  url: string;
  alt_text?: string;
}

export interface FormField {
  name: string;
  label: string;
  kind?: string;
  required?: boolean;
  options?: string[];
  hint?: string;
}

/** An answered form; a field without values was left open. */
export interface FilledForm {
  asked: number;
  title: string;
  filled: { name: string; label: string; kind: string; values: string[] }[];
}

export interface Form {
  title: string;
  fields: FormField[];
  submit_label: string;
  intro?: string;
  /** Said once it is answered. */
  thanks?: string;
  /** The number it is answered by; 0: on its page only. */
  asked?: number;
  /** The same form as a page. */
  url?: string | null;
  alt_text?: string;
}

export type FileKind = "image" | "video" | "audio" | "file";

export type Block =
  | { type: "text"; text: string; source?: string | null }
  | { type: FileKind; file: FileRef | null; alt_text?: string }
  | (ProductCard & { type: "product_card" })
  | { type: "carousel"; cards: ProductCard[]; alt_text?: string }
  | { type: "choice_list"; title: string; items: ChoiceItem[]; alt_text?: string }
  | { type: "buttons"; text: string; actions: Action[]; alt_text?: string }
  | { type: "quick_replies"; actions: Action[]; alt_text?: string }
  | (Coupon & { type: "coupon" })
  | (Receipt & { type: "receipt" })
  | (OrderStatus & { type: "order_status" })
  | (PaymentRequest & { type: "payment_request" })
  | (Form & { type: "form" })
  | { type: "sticker"; alt_text?: string };

/** What a channel could not show as it was meant, what it became, and what was lost. */
export interface Degradation {
  block: string;
  became: string;
  lost: string;
}

export interface Message {
  id: number;
  conversation: number;
  seq: number;
  direction: "in" | "out";
  sender: "customer" | "bot" | "agent" | "campaign";
  name: string | null;
  agent: number | null;
  channel: string;
  state: MessageState;
  /** "quota: …", "blocked: …": a word for programs, then words for people. */
  error: string | null;
  content: Content | null;
  blocks: Block[];
  client_id: string | null;
  degradations: Degradation[];
  occurred_at: string;
  recorded_at: string;
  edited_at: string | null;
  unsent_at: string | null;
}

/** A conversation as the shopper may see it. */
/** While a person is waited for; `again` is when the shop answers next, where it is closed now. */
export interface Wait {
  minutes: number | null;
  ahead: number;
  again: string | null;
}

export interface ShopperConversation {
  id: number;
  status: "open" | "closed";
  answered_by: "bot" | "agent" | "nobody";
  waiting: boolean;
  wait?: Wait | null;
  agent: { name: string } | null;
  last_seq: number;
}

/** How the shop wants its chat to stand, where the code on its page does not say. */
export interface Looks {
  side: "left" | "right";
  theme: "light" | "dark" | "system";
  icon: "chat" | "bag" | "help" | "clerk";
  languages: Language[];
}

export interface Shop {
  name: string;
  bot_name: string;
  accent: string | null;
  greeting: string | null;
  quick_replies: string[];
  looks?: Looks;
}

export interface Session {
  token: string;
  visitor: string;
  /** The shop vouched for who this is: what its other devices say is theirs to see, too. */
  signed_in?: boolean;
  language: Language;
  shop: Shop;
  conversation: (ShopperConversation & { messages: Message[] }) | null;
  /** There were conversations before this one. */
  has_earlier?: boolean;
  cursor: Cursor;
  file_limit_bytes: number;
  file_types: string[];
  /** Nobody's: shown as it would look, connected to nothing. */
  preview?: true;
}

export interface EventsFrame<E> {
  type: "events";
  cursor: Cursor;
  events: E[];
}

export type ServerFrame<E> =
  | { type: "welcome"; cursor: Cursor }
  | { type: "refetch"; cursor: Cursor }
  | EventsFrame<E>
  | { type: "durable"; client_id: string }
  | { type: "refused"; client_id: string; error: string; message: string }
  | { type: "pong" };

export type WidgetEvent =
  | { kind: "message"; message: Message }
  | { kind: "conversation"; conversation: ShopperConversation }
  | { kind: "typing"; sender: "bot" | "agent"; name: string }
  /** The first texts of the answer that comes after `after_seq`; without texts there is nothing to see any more. */
  | { kind: "so_far"; conversation: number; after_seq: number; texts: string[] }
  /** The cart is another one now: ask for it. */
  | { kind: "cart" }
  /** A checkout of the shopper's stands otherwise now: ask for it. */
  | { kind: "checkout"; checkout: number; version: number };

export interface CartItem {
  sku: string;
  title: string;
  quantity: number;
  /** null when the page did not say. */
  price: Money | null;
}
