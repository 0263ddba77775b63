// A believable afternoon in an invented shop: every state the desk can show, in some fifteen conversations.

const MINUTE = 60_000;
const now = Date.now();
export const ago = (minutes) => new Date(now - minutes * MINUTE).toISOString();
const ahead = (minutes) => ago(-minutes);

export const merchant = { id: 1, name: "木立道具店", currency: "JPY", timezone: "Asia/Tokyo" };
export const agents = [
  { id: 1, name: "中村 彩", email: "aya@kodachi.example", role: "owner", language: "ja", merchant },
  { id: 2, name: "田中 航", email: "wataru@kodachi.example", role: "agent", language: "ja", merchant },
  { id: 3, name: "Hannah Ito", email: "hannah@kodachi.example", role: "agent", language: "en", merchant },
];
const [aya, wataru, hannah] = agents.map(({ id, name }) => ({ id, name }));
const yen = (amount_minor) => ({ amount_minor, currency: "JPY" });

const text = (words) => ({ type: "text", text: words });
/** Inbound, from the bot, from an agent: the three voices of a thread. */
const said = (minutes, content, more = {}) => ({
  direction: "in", sender: "customer", at: minutes,
  content: typeof content === "string" ? text(content) : content, ...more,
});
const bot = (minutes, blocks, more = {}) => ({
  direction: "out", sender: "bot", name: "こだち", at: minutes, state: "read",
  blocks: typeof blocks === "string" ? [text(blocks)] : blocks, ...more,
});
const staff = (minutes, words, more = {}) => ({
  direction: "out", sender: "agent", by: aya, at: minutes, state: "read", blocks: [text(words)], ...more,
});
const note = (minutes, words, agent = aya) => ({ note: true, at: minutes, text: words, agent });
const event = (minutes, kind, by = null, reason = null) => ({ happening: kind, at: minutes, by, reason });

const card = (title, price, more = {}) => ({
  type: "product_card", title, price: yen(price), alt_text: `${title} ¥${price.toLocaleString("ja-JP")}`, ...more,
});
const line = (label, more = {}) => ({ channel: "line", kind: "user_id", label, grade: "verified", ...more });
const mail = (label, more = {}) => ({ channel: "email", kind: "email", label, grade: "verified", ...more });
const browser = (more = {}) => ({ channel: "web_chat", kind: "visitor", label: "ブラウザ", grade: "verified", ...more });
const sms = (label, more = {}) => ({ channel: "sms", kind: "phone", label, grade: "claimed", ...more });

export const conversations = [
  {
    name: "佐々木 美穂", channel: "line", assignee: aya, answered_by: "agent", waiting: 6, unread: 1,
    addresses: [
      line("miho_s", { advertising: "granted" }), mail("miho.sasaki@example.jp", { advertising: "refused" }),
      browser(), sms("090-••••-3382", { advertising: "refused" }),
    ],
    routes: ["reply", "mail", "live", "sms"],
    cart: { items: [
      { sku: "W-01", title: "漆の汁椀 溜", quantity: 2, price: yen(3080) },
      { sku: "T-02", title: "今治フェイスタオル 生成り", quantity: 1, price: yen(1540) },
    ], at: ago(2) },
    pages: [
      { url: "https://kodachi.example/koharu", title: "IH土鍋 こはる（黒）", at: ago(15) },
      { url: "https://kodachi.example/returns", title: "交換・返品について", at: ago(17) },
      { url: "https://kodachi.example/bowl", title: "漆の汁椀 溜", at: ago(22) },
    ],
    past: [
      { days: 2, channel: "web_chat", preview: "IH対応の相談" }, { days: 79, channel: "line", preview: "マグの再入荷通知" },
    ],
    thread: [
      said(1463, "母への贈り物です。のしを付けていただくことはできますか。", { channel: "email" }),
      staff(1441, "はい、無料で承ります。表書きは「内祝」でお付けします。", { channel: "email", state: "delivered" }),
      note(1438, "倉庫に連絡済み。田中さん、出荷前の確認をお願いします。"),
      said(13, "#10482 の土鍋、白から黒に変更できますか？"),
      bot(13, [
        text("出荷準備中のため、色の変更は担当者が確認いたします。"),
        { type: "buttons", text: "このまま担当者におつなぎしますか。", alt_text: "担当者につなぐ／あとで", actions: [
          { type: "reply", label: "担当者につなぐ", text: "担当者につないで" }, { type: "reply", label: "あとで", text: "あとで" },
        ] },
      ], { degradations: [{ block: "buttons", became: "quick reply", lost: "buttons: 担当者につなぐ・あとで" }], sent_as: { messages: [{ type: "text", text: "出荷準備中のため、色の変更は担当者が確認いたします。\nこのまま担当者におつなぎしますか。", quickReply: { items: ["担当者につなぐ", "あとで"] } }] } }),
      event(12, "handoff_requested", null, "注文 #10482 の色を変更（白 → 黒）。出荷準備中の変更は担当者の承認が必要です。"),
      event(11, "taken", aya),
      said(6, "できれば月曜に届くと助かります。"),
    ],
  },
  {
    name: "高橋 健一", channel: "email", assignee: aya, answered_by: "agent", waiting: 18, unread: 2,
    addresses: [mail("k.takahashi@example.jp", { advertising: "unknown" })], routes: ["mail"],
    thread: [
      said(26, "昨日届いた急須についてご連絡します。"),
      said(18, { type: "image", text: "届いた急須の蓋が欠けていました。写真を添付します。", file: { url: "/mock/photo.svg", name: "futa.jpg", type: "image/svg+xml", size_bytes: 182034 } }),
    ],
  },
  {
    name: "Emma Laurent", channel: "instagram", language: "en", answered_by: "nobody", waiting: 9, unread: 1,
    addresses: [{ channel: "instagram", kind: "igsid", label: "emma.laurent", grade: "verified", advertising: "unknown" }], routes: ["instagram"],
    thread: [said(9, "Do you ship the cast-iron kettle to France?"), event(9, "handoff_requested", null, "Not understood twice")],
  },
  {
    name: "井上 さくら", channel: "web_chat", assignee: wataru, answered_by: "agent", waiting: 12, unread: 0,
    addresses: [browser({ advertising: "unknown" })], routes: ["live"], viewers: [wataru],
    thread: [
      bot(20, "いらっしゃいませ。お探しのものはありますか。"), said(16, "母の日のギフトに、のしを付けたいです。"),
      staff(14, "ありがとうございます。のしは無料でお付けできます。", { by: wataru }), said(12, "のしの名入れは何文字まで入りますか？"),
    ],
  },
  {
    name: "080-••••-2214", channel: "sms", answered_by: "nobody", waiting: 41, unread: 0,
    addresses: [sms("080-••••-2214", { advertising: "refused" })], routes: ["sms"],
    thread: [said(41, "再入荷の通知を止めたい。")],
  },
  {
    name: "小林 直樹", channel: "email", assignee: wataru, answered_by: "agent", waiting: 64, unread: 0,
    addresses: [mail("naoki@example.jp", { advertising: "granted" })], routes: ["mail"],
    thread: [said(64, "領収書の宛名を会社名に変更できますか。")],
  },
  {
    name: "藤井 美和", channel: "line", assignee: aya, answered_by: "agent", waiting: 72, unread: 0,
    addresses: [line("miwa", { advertising: "granted" })], routes: ["push"],
    thread: [
      said(75, "IHで使えるお鍋を探しています。"),
      bot(75, [text("IHでお使いいただけるお鍋はこちらです。"), { type: "carousel", alt_text: "お鍋 3件", cards: [
        card("IH土鍋 こはる 3合（白）", 13640, { stock: "在庫あり" }), card("鉄鍋 すみれ 20cm", 8800, { stock: "残り 2点" }),
        card("ほうろう鍋 あさぎ", 6600, { stock: "入荷待ち" }),
      ] }, { type: "quick_replies", alt_text: "もっと見る／担当者に聞く", actions: [
        { type: "reply", label: "もっと見る", text: "もっと見る" }, { type: "reply", label: "担当者に聞く", text: "担当者に聞く" },
      ] }], { state: "delivered" }),
      said(72, "4人家族だとどれがよいでしょうか。"),
    ],
  },
  {
    name: "山田 隆", channel: "line", assignee: aya, answered_by: "agent", replied: 4, unread: 0,
    addresses: [line("taka", { blocked: 2, advertising: "refused" }), mail("taka@example.jp", { advertising: "refused" })],
    routes: ["blocked", "mail"],
    thread: [
      said(9, "月曜に届きますか。"),
      staff(6, "お待たせいたしました。変更を承りました。", { state: "accepted" }),
      staff(5, "お届けは月曜（23日）の午前中の予定です。", { state: "failed", error: "blocked: the customer has blocked the account", permanent: true }),
      staff(4, "変更後の注文内容をお送りします。", { state: "unknown", channel: "email" }),
      staff(4, "ご不明な点はこのままご返信ください。", { state: "queued", channel: "email" }),
    ],
  },
  {
    name: "渡辺 ゆかり", channel: "whatsapp", assignee: aya, answered_by: "agent", replied: 46, unread: 0,
    addresses: [{ channel: "whatsapp", kind: "phone", label: "+81 90 •••• 7710", grade: "verified", advertising: "granted" }], routes: ["whatsapp"],
    thread: [said(52, "届きました。とてもすてきです。"), staff(48, "ご連絡ありがとうございます。よろしければご感想をお聞かせください。", { state: "accepted" }), staff(46, "またのご利用をお待ちしております。", { state: "failed", error: "unreachable: no answer in 10 s", permanent: false })],
  },
  {
    name: "森田 亮", channel: "line", answered_by: "bot", replied: 24, unread: 0,
    addresses: [line("ryo_m", { advertising: "unknown" })], routes: ["reply"],
    thread: [
      said(25, "作務衣を探しています"),
      bot(24, [card("作務衣 藍 綿100%", 9900, { stock: "在庫あり" }), { type: "choice_list", title: "ご希望のサイズを選んでください", alt_text: "S／M／L", items: [{ title: "S" }, { title: "M" }, { title: "L" }] }]),
    ],
  },
  {
    name: "来店中のお客様", channel: "web_chat", answered_by: "bot", replied: 1, unread: 0,
    addresses: [browser({ grade: "claimed" })], routes: ["live"],
    pages: [{ url: "https://kodachi.example/kettle", title: "細口ケトル しずく", at: ago(1) }],
    thread: [
      said(3, { type: "postback", label: "おすすめを見る" }),
      bot(3, [text("今週よく見られている品です。"), { type: "coupon", code: "AUTUMN10", title: "秋の10%オフ", alt_text: "クーポン AUTUMN10（10%オフ）", expires_at: ahead(60 * 24 * 9) }]),
      said(2, { type: "sticker", keywords: ["うれしい", "ありがとう"], text: "" }),
      bot(1, [{ type: "hologram", alt_text: "立体で見る：細口ケトル しずく" }], { state: "delivered" }),
    ],
  },
  {
    name: "大野 恵", channel: "web_chat", answered_by: "bot", replied: 31, unread: 0,
    addresses: [browser(), mail("megumi@example.jp", { advertising: "granted" })], routes: ["live", "mail"],
    thread: [
      said(34, "#10455 はいつ届きますか"),
      bot(34, [{ type: "order_status", number: "10455", status: "配送中、11月22日 午前中にお届け予定", steps: [], step_index: 0, alt_text: "#10455 配送中、11月22日 午前中にお届け予定" }]),
      said(33, "ありがとうございます"), bot(31, "どういたしまして。ほかにお手伝いできることはありますか。"),
    ],
  },
  {
    name: "西村 翔太", channel: "messenger", answered_by: "nobody", waiting: 3, unread: 3,
    addresses: [{ channel: "messenger", kind: "psid", label: "Shota Nishimura", grade: "verified", advertising: "unknown" }], routes: ["messenger"],
    thread: [
      said(5, "すみません"), said(4, "注文を間違えたかもしれません", { edited: 4 }),
      said(4, { type: "unsent" }, { unsent: 4 }), said(3, "#10490 の数量を 2 から 1 にしたいです"),
    ],
  },
  {
    name: "岡田 由美", channel: "email", assignee: hannah, answered_by: "agent", replied: 180, unread: 0,
    addresses: [mail("yumi@example.jp", { advertising: "unknown" })], routes: ["mail"],
    thread: [said(210, { type: "file", text: "仕様書をお送りします。", file: { url: "/mock/spec.pdf", name: "仕様書.pdf", type: "application/pdf", size_bytes: 482133 } }), staff(180, "ありがとうございます。確認してご連絡します。", { by: hannah, state: "delivered" })],
  },
  {
    name: "清水 大輔", channel: "line", answered_by: "nobody", status: "closed", replied: 1500, unread: 0,
    addresses: [line("dai", { advertising: "granted" })], routes: ["push"],
    thread: [said(1530, "返品の送料はどちらの負担ですか。"), bot(1529, "お客様都合の場合はお客様のご負担となります。"), said(1510, "わかりました"), event(1500, "closed", aya)],
  },
  {
    name: "木村 葵", channel: "web_chat", answered_by: "nobody", status: "closed", replied: 2900, unread: 0,
    addresses: [browser()], routes: ["live"],
    thread: [said(2910, "閉店時間を教えてください"), bot(2909, "実店舗は 18:00 までです。"), event(2900, "closed", wataru)],
  },
];

/** What a route of the customer offers, by the short names used above. */
const quota = { left: 41, used: 159, forecast: 238, runs_out_at: ahead(60 * 24 * 4) };
export const routeKinds = {
  reply: { channel: "line", open: true, kind: "reply_token", cost: "free", expires_at: ahead(0.6), reason: null, quota },
  push: { channel: "line", open: true, kind: "push", cost: "metered", expires_at: null, reason: null, quota },
  blocked: { channel: "line", open: false, kind: "push", cost: "metered", expires_at: null, reason: "LINE でブロックされています" },
  mail: { channel: "email", open: true, kind: "email", cost: "free", expires_at: null, reason: null },
  live: { channel: "web_chat", open: true, kind: "live", cost: "free", expires_at: null, reason: null },
  sms: { channel: "sms", open: true, kind: "sms", cost: "metered", expires_at: null, reason: null },
  instagram: { channel: "instagram", open: true, kind: "window", cost: "free", expires_at: ahead(1431), reason: null },
  whatsapp: { channel: "whatsapp", open: false, kind: "window", cost: "metered", expires_at: ago(2), reason: "期間が終わりました。お客様からの連絡で再開します" },
  messenger: { channel: "messenger", open: true, kind: "window", cost: "free", expires_at: ahead(1437), reason: null },
};
