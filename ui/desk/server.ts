// Written by `python -m tests.web.desk.describing` from the server's OpenAPI description.


export type AbilityBody = { agent: number; skills?: readonly (string)[]; languages?: readonly ("ja" | "en")[]; capacity?: number | null };
export type Again = { may_double?: boolean };
export type Answering = { answer?: string | null; question?: string | null; faq?: number | null; act?: string | null };
export type Assigning = { epoch: number; agent: number | null };
export type Bulk = { conversations: readonly (Chosen)[]; deed: SetPriority | SetLabels | SetAside | TakeUp | GiveTo | Settle };
export type Cancelling = { conversation: number; client_id: string; version: number; reason?: string };
export type CartCard = { type: "cart" };
export type Chain = { chain: readonly (string)[] };
export type Change = { name?: string | null; credentials?: Record<string, string>; origins?: readonly (string)[] | null; active?: boolean | null };
export type CheckoutCard = { type: "checkout" };
export type Choosing = { client_id: string; epoch: number; last_seq: number; identity: number; name: string; language: string; values?: Record<string, string> };
export type Chosen = { id: number; epoch: number };
export type ContinuingAt = { client_id: string; epoch: number; identity: number };
export type CouponCard = { code: string; type: "coupon" };
export type Draft = { text?: string; file?: string | null; identity?: number | null; cards?: readonly (ProductSeen | CouponCard | OrderCard | CartCard | CheckoutCard | FormCard | StickerCard)[] };
export type FactorRule = { leads_need_factor: boolean };
export type FaqBody = { question: string; answer: string; language: "ja" | "en"; tags?: readonly (string)[]; alternatives?: readonly (string)[] };
export type Filter = { label?: number | null; priority?: "urgent" | "high" | "normal" | "low" | null; channel?: string | null; team?: number | null; assignee?: number | null };
export type Flows = { flows: readonly (FormFlow)[] };
export type FormAs = { title: Option; questions: readonly (Question)[]; intro?: InBoth; thanks?: InBoth };
export type FormCard = { form: number; type: "form" };
export type FormFlow = { inbox: number; language: "ja" | "en"; flow_id: string; screen: string; asks?: string };
export type GiveTo = { agent?: number | null; team?: number | null; do: "assign" };
export type InBoth = { ja?: string; en?: string };
export type InboxTargetsBody = { inbox: number; targets?: Record<string, TargetBody> };
export type Invited = { email: string; name?: string; role?: "owner" | "admin" | "agent"; language?: "ja" | "en" };
export type Joining = { token: string; password: string; code?: string };
export type Link = { token: string };
export type Linking = { inbox: number };
export type LogIn = { email: string; password: string; code?: string };
export type Looks = { side?: "right" | "left"; theme?: "light" | "dark" | "system"; icon?: "chat" | "bag" | "help" | "clerk"; languages?: readonly ("ja" | "en")[] };
export type LooksBody = { accent?: string | null; greeting?: Record<string, string>; quick_replies?: Record<string, readonly (string)[]>; looks?: Looks };
export type MailBody = { choice: Wished | null };
export type Merging = { other: number; words: string };
export type Moving = { conversation: number; client_id: string; version: number; reason?: string; name: string; postal_code: string; region: string; city: string; line1: string; line2?: string; country?: string; phone?: string };
export type Named = { name: string };
export type Noting = { client_id: string; text: string };
export type Offering = { client_id: string };
export type OneDeed = { deed: SetPriority | SetLabels | SetAside | TakeUp | GiveTo | Settle; epoch?: number };
export type Option = { ja?: string; en?: string };
export type OrderCard = { order: number; type: "order" };
export type OwnPassword = { password: string };
export type PasswordChange = { old: string; new: string };
export type ProductSeen = { variant: number; seen_minor: number; type: "product" };
export type Proving = { client_id: string; identity: number };
export type Question = { kind: "text" | "long_text" | "choice" | "choices" | "number" | "date" | "email" | "phone" | "consent"; label: Option; required?: boolean; hint?: Option; options?: readonly (Option)[] };
export type ReadUpTo = { seq: number };
export type Refunding = { conversation: number; client_id: string; version: number; reason?: string; amount_minor: number };
export type ReplyBody = { title: string; text: string; shortcut?: string; language?: "ja" | "en" | null; shared?: boolean };
export type Returning = { conversation: number; client_id: string; version: number; reason?: string; lines: Record<string, number> };
export type RewriteBody = { text: string; way: "friendlier" | "politer" | "shorter" | "to_ja" | "to_en" };
export type RoutingBody = { on?: boolean; capacity?: number; weights?: Record<string, number>; grace_s?: number; widen_m?: number | null; by_language?: boolean; rules?: readonly (RuleBody)[]; targets?: Record<string, TargetBody>; inbox_targets?: readonly (InboxTargetsBody)[]; abilities?: readonly (AbilityBody)[]; untouched_m?: number | null };
export type RuleBody = { inbox?: number | null; language?: "ja" | "en" | null; priority?: "urgent" | "high" | "normal" | "low" | null; value_minor?: number | null; waited_m?: number | null; skill?: string | null; raise_to?: "urgent" | "high" | "normal" | "low" | null };
export type Saving = { name: string; view: "open" | "mine" | "unassigned" | "bot" | "waiting" | "late" | "snoozed" | "closed" | "mentions"; only?: Filter };
export type Seen = { epoch: number };
export type SetAside = { until?: string | null; do: "snooze" };
export type SetLabels = { add?: readonly (number)[]; remove?: readonly (number)[]; do: "labels" };
export type SetPriority = { priority: "urgent" | "high" | "normal" | "low"; do: "priority" };
export type SetUp = { channel: string; name?: string; credentials?: Record<string, string>; origins?: readonly (string)[] };
export type Settle = { do: "close" };
export type ShopBody = { name?: string | null; language?: "ja" | "en" | null; timezone?: string | null; bot_answers?: boolean | null; asks_rating?: boolean | null };
export type Shown = { code: string };
export type StaffChange = { name?: string | null; role?: "owner" | "admin" | "agent" | null; language?: "ja" | "en" | null; active?: boolean | null };
export type StickerCard = { sticker: string; type: "sticker" };
export type TakeUp = { do: "wake" };
export type TargetBody = { first_m?: number | null; next_m?: number | null; resolution_m?: number | null };
export type TeamBody = { name: string; members?: readonly (number)[] };
export type TopicBody = { name: string; words: Record<string, readonly (string)[]>; answer?: Record<string, string>; person?: boolean };
export type VoiceBody = { bot_name?: string; greeting?: Record<string, string>; tone?: "polite" | "friendly" | "concise"; emoji?: "none" | "few"; disclosure?: "start" | "asked"; about?: Record<string, string>; topics?: readonly (TopicBody)[]; weekly?: Record<string, readonly (string)[]>; holidays?: readonly (string)[]; public_holidays?: boolean; high_value_minor?: number | null };
export type Whisper = { client_id: string; text: string };
export type Wished = { after_minutes?: number; every_minutes?: number };
export type DeskInboxesTrying = { channel: string; credentials?: Record<string, string> };
export type DeskMessagesSaying = { client_id: string; epoch: number; last_seq: number; text?: string; file?: string | null; identity?: number | null; cards?: readonly (ProductSeen | CouponCard | OrderCard | CartCard | CheckoutCard | FormCard | StickerCard)[] };
export type DeskPresenceSaying = { status: "online" | "away" | "offline" };
export type DeskVoiceTrying = { voice: VoiceBody; said?: string };

export type GetPath =
  | `/api/agents`
  | `/api/auth/me`
  | `/api/auth/second-factor`
  | `/api/channels`
  | `/api/conversations`
  | `/api/conversations/${number}`
  | `/api/conversations/${number}/link`
  | `/api/conversations/${number}/reply-facts`
  | `/api/conversations/${number}/same-person`
  | `/api/conversations/${number}/shopping`
  | `/api/conversations/${number}/templates`
  | `/api/coupons`
  | `/api/export`
  | `/api/fallback`
  | `/api/faq`
  | `/api/forms`
  | `/api/forms/${number}/flow`
  | `/api/inboxes`
  | `/api/labels`
  | `/api/looks`
  | `/api/mail`
  | `/api/presence`
  | `/api/products`
  | `/api/ratings`
  | `/api/rewriting`
  | `/api/routing`
  | `/api/saved-replies`
  | `/api/search`
  | `/api/shop`
  | `/api/staff`
  | `/api/teams`
  | `/api/unanswered`
  | `/api/views`
  | `/api/voice`
  | `/api/wallboard`;
export type GetCall = GetPath | `${GetPath}?${string}`;

export type PostCall =
  | [path: `/api/auth/login`, body: LogIn]
  | [path: `/api/auth/login/join`, body: Joining]
  | [path: `/api/auth/login/link`, body: Link]
  | [path: `/api/auth/logout`, body?: Record<string, never>]
  | [path: `/api/auth/password`, body: PasswordChange]
  | [path: `/api/auth/second-factor/begin`, body: OwnPassword]
  | [path: `/api/auth/second-factor/off`, body: OwnPassword]
  | [path: `/api/auth/second-factor/on`, body: Shown]
  | [path: `/api/auth/second-factor/recovery-codes`, body: OwnPassword]
  | [path: `/api/conversations/bulk`, body: Bulk]
  | [path: `/api/conversations/${number}/account-link`, body: Offering]
  | [path: `/api/conversations/${number}/assign`, body: Assigning]
  | [path: `/api/conversations/${number}/close`, body: Seen]
  | [path: `/api/conversations/${number}/code`, body: Proving]
  | [path: `/api/conversations/${number}/continue`, body: ContinuingAt]
  | [path: `/api/conversations/${number}/hand-back`, body: Seen]
  | [path: `/api/conversations/${number}/link`, body: Linking]
  | [path: `/api/conversations/${number}/messages`, body: DeskMessagesSaying]
  | [path: `/api/conversations/${number}/messages/${number}/cancel`, body?: Record<string, never>]
  | [path: `/api/conversations/${number}/messages/${number}/retry`, body: Again]
  | [path: `/api/conversations/${number}/notes`, body: Noting]
  | [path: `/api/conversations/${number}/preview`, body: Draft]
  | [path: `/api/conversations/${number}/rating`, body?: Record<string, never>]
  | [path: `/api/conversations/${number}/read`, body: ReadUpTo]
  | [path: `/api/conversations/${number}/reopen`, body?: Record<string, never>]
  | [path: `/api/conversations/${number}/rewrite`, body: RewriteBody]
  | [path: `/api/conversations/${number}/sort`, body: OneDeed]
  | [path: `/api/conversations/${number}/take`, body: Seen]
  | [path: `/api/conversations/${number}/template`, body: Choosing]
  | [path: `/api/conversations/${number}/typing`, body?: Record<string, never>]
  | [path: `/api/conversations/${number}/whisper`, body: Whisper]
  | [path: `/api/customers/${number}/merge`, body: Merging]
  | [path: `/api/fallback`, body: Chain]
  | [path: `/api/faq`, body: FaqBody]
  | [path: `/api/files`, body?: Record<string, never>]
  | [path: `/api/forms`, body: FormAs]
  | [path: `/api/inboxes`, body: SetUp]
  | [path: `/api/inboxes/try`, body: DeskInboxesTrying]
  | [path: `/api/inboxes/${number}/check`, body?: Record<string, never>]
  | [path: `/api/inboxes/${number}/connect`, body?: Record<string, never>]
  | [path: `/api/labels`, body: Named]
  | [path: `/api/looks`, body: LooksBody]
  | [path: `/api/looks/preview`, body: LooksBody]
  | [path: `/api/merges/${number}/undo`, body?: Record<string, never>]
  | [path: `/api/orders/${number}/address`, body: Moving]
  | [path: `/api/orders/${number}/cancel`, body: Cancelling]
  | [path: `/api/orders/${number}/refund`, body: Refunding]
  | [path: `/api/orders/${number}/return`, body: Returning]
  | [path: `/api/presence`, body: DeskPresenceSaying]
  | [path: `/api/routing`, body: RoutingBody]
  | [path: `/api/saved-replies`, body: ReplyBody]
  | [path: `/api/shop`, body: ShopBody]
  | [path: `/api/staff`, body: Invited]
  | [path: `/api/staff/${number}/link`, body?: Record<string, never>]
  | [path: `/api/teams`, body: TeamBody]
  | [path: `/api/unanswered/${number}/answer`, body: Answering]
  | [path: `/api/unanswered/${number}/dismiss`, body?: Record<string, never>]
  | [path: `/api/views`, body: Saving]
  | [path: `/api/voice`, body: VoiceBody]
  | [path: `/api/voice/preview`, body: DeskVoiceTrying];

export type PutCall =
  | [path: `/api/faq/${number}`, body: FaqBody]
  | [path: `/api/forms/${number}`, body: FormAs]
  | [path: `/api/forms/${number}/flows`, body: Flows]
  | [path: `/api/inboxes/${number}`, body: Change]
  | [path: `/api/labels/${number}`, body: Named]
  | [path: `/api/mail`, body: MailBody]
  | [path: `/api/saved-replies/${number}`, body: ReplyBody]
  | [path: `/api/staff/second-factor`, body: FactorRule]
  | [path: `/api/staff/${number}`, body: StaffChange]
  | [path: `/api/teams/${number}`, body: TeamBody];

export type DeletePath =
  | `/api/faq/${number}`
  | `/api/forms/${number}`
  | `/api/labels/${number}`
  | `/api/saved-replies/${number}`
  | `/api/staff/${number}/second-factor`
  | `/api/teams/${number}`
  | `/api/views/${number}`;
