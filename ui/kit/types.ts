// What travels between browser and server, written by hand from docs/en/reference/web-protocol.md.
// Fields the protocol leaves open are optional here: a reader must cope when they are absent.

export type Language = "ja" | "en";
export type Cursor = string;

export interface Money {
  amount_minor: number;
  currency: string;
}

export interface FileRef {
  url: string;
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
  | { type: "image" | "video" | "audio" | "file"; file: FileRef | null; text?: string | null }
  | { type: "sticker"; keywords?: string[]; text?: string | null }
  | {
      type: "location";
      title?: string | null;
      address?: string | null;
      latitude?: number | null;
      longitude?: number | null;
    }
  | { type: "postback"; label?: string | null }
  | { type: "unsend" }
  | { type: "unknown" };

export type Action =
  | { type: "reply"; label: string; text: string; payload?: string | null }
  | { type: "url"; label: string; url: string }
  | { type: "call"; label: string; phone: string }
  | { type: "location"; label: string };

export interface ProductCard {
  type?: "product_card";
  number?: number | null;
  handle?: string | null;
  sku?: string | null;
  title: string;
  subtitle?: string | null;
  image?: FileRef | { url: string; alt?: string | null } | string | null;
  url?: string | null;
  price?: Money | null;
  compare_at?: Money | null;
  tax_included?: boolean | null;
  in_stock?: boolean | null;
  stock_text?: string | null;
  actions?: Action[];
  alt_text?: string;
}

export interface Line {
  label?: string | null;
  title?: string | null;
  quantity?: number | null;
  price?: Money | null;
  amount?: Money | null;
}

export type Block =
  | { type: "text"; text: string }
  | { type: "image" | "video" | "audio" | "file"; file: FileRef | null; alt_text?: string }
  | (ProductCard & { type: "product_card" })
  | { type: "carousel"; cards: ProductCard[]; alt_text?: string }
  | { type: "choice_list"; title?: string | null; items: ChoiceItem[]; alt_text?: string }
  | { type: "buttons"; text?: string | null; actions: Action[]; alt_text?: string }
  | { type: "quick_replies"; actions: Action[]; alt_text?: string }
  | (Coupon & { type: "coupon" })
  | (Receipt & { type: "receipt" })
  | (OrderStatus & { type: "order_status" })
  | (PaymentRequest & { type: "payment_request" })
  | { type: "form"; title?: string | null; url?: string | null; alt_text?: string }
  | { type: "sticker"; keywords?: string[]; text?: string | null; alt_text?: string };

export interface ChoiceItem {
  title?: string | null;
  label?: string | null;
  subtitle?: string | null;
  action?: Action | null;
}

export interface Coupon {
  code: string;
  title?: string | null;
  condition?: string | null;
  ends_at?: string | null;
  actions?: Action[];
  alt_text?: string;
}

export interface Receipt {
  title?: string | null;
  order_number?: string | null;
  lines?: Line[];
  entries?: Line[];
  total?: Money | null;
  url?: string | null;
  alt_text?: string;
}

export interface OrderStatus {
  title?: string | null;
  order_number?: string | null;
  promise?: string | null;
  steps?: { label: string; state?: "done" | "now" | "coming"; at?: string | null }[];
  tracking_url?: string | null;
  url?: string | null;
  alt_text?: string;
}

export interface PaymentRequest {
  title?: string | null;
  amount?: Money | null;
  url?: string | null;
  alt_text?: string;
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
  error: string | null;
  content: Content | null;
  blocks: Block[];
  client_id: string | null;
  degradations: unknown[];
  occurred_at: string;
  recorded_at: string;
  edited_at: string | null;
  unsent_at: string | null;
}

/** A conversation as the shopper may see it. */
export interface ShopperConversation {
  id: number;
  status: "open" | "closed";
  answered_by: "bot" | "agent" | "nobody";
  waiting: boolean;
  agent: { name: string } | null;
  last_seq: number;
}

export interface Shop {
  name: string;
  bot_name: string;
  accent: string | null;
  greeting: string | null;
  quick_replies: string[];
}

export interface Session {
  token: string;
  visitor: string;
  language: Language;
  shop: Shop;
  conversation: (ShopperConversation & { messages: Message[] }) | null;
  cursor: Cursor;
  file_limit_bytes: number;
  file_types: string[];
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
  | { kind: "typing"; sender: "bot" | "agent"; name: string };

export interface CartItem {
  sku: string;
  title: string;
  quantity: number;
  price: Money;
}
