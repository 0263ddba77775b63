// What the pretended bot says: one of every block, chosen by a word in the question.

const yen = (amount_minor) => ({ amount_minor, currency: "JPY" });
const reply = (label, text = label) => ({ type: "reply", label, text, payload: null });

const picture = (body, ground) =>
  `/mock-pictures/${encodeURIComponent(body)}-${encodeURIComponent(ground)}`;

const words = {
  ja: {
    name: "こだち",
    shop: {
      name: "木立道具店", bot_name: "こだち", accent: null,
      greeting: "「しずく」の在庫や使い心地など、何でもお尋ねください。",
      quick_replies: ["IHで使える？", "似たものと比べる", "注文の確認"],
    },
    echo: (text) => `「${text}」ですね。確かめてお返事します。`,
    found: "条件に合うケトルが3つありました。評価がいちばん高いのは、1番の「しずく」です。",
    titles: ["細口ケトル「しずく」0.8L", "細口ケトル「こみち」0.6L", "電気ケトル「ゆげ」"],
    facts: ["2〜3杯分・ガス火／IH", "1〜2杯分・ガス火", "4杯分・電気"],
    stock: ["在庫あり", "残り2点", "入荷待ち"],
    source: "対応熱源",
    add: "カートに入れる",
    more: [reply("1と2を比べる"), reply("もっと軽いもの"), reply("ギフト包装できる？")],
    induction: "はい、ガス火でもIHでもお使いいただけます。",
    coupon: "「しずく」に使えるクーポンをどうぞ。",
    couponTitle: "秋のおためしクーポン", condition: "¥5,000以上のお買い物で・お一人様1回",
    order: "本日14時から16時のあいだにお届けの予定です。いま配達に出ています。",
    orderTitle: "配達に出ています",
    steps: ["ご注文を承りました", "発送しました", "お近くの配達店に到着", "配達に出ています", "お届け"],
    handoff: "ご不便をおかけしています。修理は担当者が直接お話をうかがいます。おつなぎしますね。",
    agent: "森下", hello: "森下です。ぐらつくところを、近くから撮っていただけますか。",
    choices: "赤い電気ケトルは、いまのところ取り扱いがありません。条件をひとつ変えると、こちらが見つかります。",
    choiceItems: [["色を問わない", "電気ケトル 4件"], ["電気でなくてもよい", "赤いケトル 2件"]],
    buttons: "どちらにしますか。", buttonLabels: ["生成り", "藍墨"],
    receipt: "ご注文ありがとうございます。お届けまで、少しだけお待ちください。", receiptTitle: "ご注文の控え", shipping: "送料",
    alt: "この画面では表示できないため、言葉でお伝えします。明日10時からの体験会に空きがあります。",
    keys: { find: /ケトル|探/, induction: /IH/, coupon: /クーポン/, order: /注文の確認|届/, handoff: /担当|直せ/, agent: /森下/, choices: /赤/, buttons: /色/, receipt: /買/, unknown: /不明/, closed: /終わ/ },
  },
};
words.en = {
  ...words.ja,
  name: "Kodachi",
  shop: {
    name: "Kodachi", bot_name: "Kodachi", accent: null,
    greeting: "Curious about stock or how Shizuku feels in the hand? Ask away.",
    quick_replies: ["Does it work on induction?", "Compare with others", "My orders"],
  },
  echo: (text) => `You asked “${text}”. Let me look that up.`,
  found: "Three kettles fit what you asked for. Number 1, Shizuku, is rated highest.",
  titles: ["Shizuku gooseneck kettle 0.8 L", "Komichi gooseneck kettle 0.6 L", "Yuge electric kettle"],
  facts: ["2–3 cups · gas, induction", "1–2 cups · gas", "4 cups · electric"],
  stock: ["In stock", "Only 2 left", "Back soon"], source: "Heat sources", add: "Add to cart",
  more: [reply("Compare 1 and 2"), reply("Something lighter"), reply("Gift wrapping?")],
  induction: "Yes, it works on gas and on induction.",
  coupon: "Here is a coupon for Shizuku.", couponTitle: "Autumn welcome", condition: "On ¥5,000 or more · once per person",
  order: "It arrives today between 2 and 4 pm. It is out for delivery now.", orderTitle: "Out for delivery",
  steps: ["Order received", "Shipped", "At your local depot", "Out for delivery", "Delivered"],
  handoff: "I'm sorry about that. A colleague will look at the repair with you. One moment.",
  agent: "Morishita", hello: "Morishita here. Could you take a close photo of the loose part?",
  choices: "We don't carry a red electric kettle right now. Change one thing and these appear.",
  choiceItems: [["Any colour", "4 electric kettles"], ["Not electric", "2 red kettles"]],
  buttons: "Which one would you like?", buttonLabels: ["Natural", "Indigo"],
  receipt: "Thank you. We’ll pack it with care.", receiptTitle: "Your order", shipping: "Shipping",
  alt: "There are places left at tomorrow's workshop at 10:00.",
  keys: { find: /kettle|find/i, induction: /induction/i, coupon: /coupon/i, order: /order/i, handoff: /person|repair/i, agent: /morishita/i, choices: /red/i, buttons: /colou?r/i, receipt: /buy/i, unknown: /workshop/i, closed: /bye/i },
};

const colours = [["#efe6d3", "#e4e7e6"], ["#8fa08e", "#ece5da"], ["#b9744f", "#e4e7e6"]];

function cards(w) {
  return w.titles.map((title, at) => ({
    title, facts: w.facts[at], handle: `kettle-${at}`, sku: `K-${at}`, image_url: picture(...colours[at]), number: at + 1,
    price: yen([8800, 7480, 6600][at]), compare_at: at === 2 ? yen(7700) : null, stock: w.stock[at], alt_text: title,
    actions: at === 2 ? [] : [reply(w.add, `${title} ${w.add}`)],
  }));
}

const text = (words, source = null) => ({ type: "text", text: words, source });

function blocksFor(key, w, said) {
  switch (key) {
    case "find":
      return [text(w.found), { type: "carousel", cards: cards(w), alt_text: w.found }, { type: "quick_replies", actions: w.more }];
    case "induction":
      return [text(w.induction, w.source), { type: "product_card", ...cards(w)[0], number: null }];
    case "coupon":
      return [text(w.coupon), { type: "coupon", title: w.couponTitle, code: "AKI500", description: w.condition, expires_at: "2026-11-30T14:59:00Z", url: null, alt_text: w.couponTitle }];
    case "order":
      return [text(w.order), { type: "order_status", number: "K-20377", status: w.orderTitle, steps: w.steps, step_index: 3, carrier: "", tracking_number: "4812-3391-0077", url: "https://carrier.example/4812", alt_text: w.order }];
    case "choices":
      return [text(w.choices), { type: "choice_list", title: "", items: w.choiceItems.map(([title, description]) => ({ title, description, action: reply(title) })), alt_text: w.choices }];
    case "buttons":
      return [{ type: "buttons", text: w.buttons, actions: w.buttonLabels.map((label) => reply(label)), alt_text: w.buttons }];
    case "receipt":
      return [text(w.receipt), { type: "receipt", number: "K-20391", lines: [{ title: w.titles[0], quantity: 2, total: yen(17600) }], entries: [{ title: w.shipping, quantity: 1, total: yen(0) }], total: yen(17600), alt_text: w.receiptTitle }];
    case "unknown":
      return [{ type: "hologram", alt_text: w.alt }];
    default:
      return [text(key === "handoff" ? w.handoff : w.echo(said)), { type: "quick_replies", actions: w.more }];
  }
}

export function answerTo(said, language) {
  const w = words[language];
  const key = Object.keys(w.keys).find((one) => w.keys[one].test(said));
  const base = { shop: w.shop, name: w.name };
  if (key === "agent") {
    return { ...base, name: w.agent, sender: "agent", messages: [[text(w.hello)]], typing: w.agent, conversation: { answered_by: "agent", waiting: false, agent: { name: w.agent } } };
  }
  const conversation = { handoff: { waiting: true }, closed: { status: "closed" } }[key];
  return { ...base, messages: [blocksFor(key, w, said)], conversation };
}
