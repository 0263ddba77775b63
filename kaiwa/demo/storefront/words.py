"""What the shop's pages say around the goods, in both languages."""

from typing import Final

import msgspec

from kaiwa.demo.trade import AT_THE_DOOR, FREE_FROM, RETURN_DAYS, SHIPPING, WRAPPING
from kaiwa.vocabulary.language import Language


class Department(msgspec.Struct, frozen=True):
    """A part of the shop: its page, the tag its goods carry, its names and its sign."""

    page: str
    tag: str
    names: dict[Language, str]
    leads: dict[Language, str]
    sign: str


DEPARTMENTS: Final = (
    Department(
        "kitchen", "台所道具",
        {"ja": "台所道具", "en": "Kitchen"},
        {"ja": "毎日の火と水に耐える、手入れのできる道具。",
         "en": "Tools that stand daily fire and water, and can be cared for."},
        "/pictures/enamel-pot-mustard.svg",
    ),
    Department(
        "tea", "お茶とお菓子",
        {"ja": "お茶とお菓子", "en": "Tea and sweets"},
        {"ja": "畑と作り手のわかるお茶、日もちのするお菓子。",
         "en": "Tea from fields we know, and sweets that keep."},
        "/pictures/sencha.svg",
    ),
    Department(
        "clothes", "服とかばん",
        {"ja": "服とかばん", "en": "Clothes and bags"},
        {"ja": "よく動き、よく洗う日のための服とかばん。",
         "en": "Clothes and bags for days of moving and washing."},
        "/pictures/tote-navy.svg",
    ),
    Department(
        "electronics", "家電と照明",
        {"ja": "家電と照明", "en": "Electronics"},
        {"ja": "静かで、ひと目で使い方のわかる道具。",
         "en": "Quiet things whose use you see at a glance."},
        "/pictures/lantern-olive.svg",
    ),
)  # fmt: skip

WORDS: Final[dict[Language, dict[str, str]]] = {
    "ja": {
        "shop": "木立道具店",
        "line": "お茶とコーヒー、暮らしの道具",
        "skip": "本文へ",
        "band": f"¥{FREE_FROM:,}以上のお買い上げで送料無料　／　平日正午までのご注文は当日発送",
        "home": "木立道具店 トップへ",
        "other": "English",
        "cart": "カート",
        "here": "現在地",
        "pictures": "写真",
        "tax": "税込",
        "tax_reduced": "税込・軽減税率8％",
        "before": "通常価格",
        "from": "から",
        "fast": "平日正午までのご注文は当日発送",
        "less": "減らす",
        "quantity": "数量",
        "more": "増やす",
        "add": "カートに入れる",
        "buy": "今すぐ購入",
        "done": "カートに入れました",
        "ask": "この商品についてきく",
        "spec": "商品仕様",
        "maker": "作り手",
        "number": "商品番号",
        "in_stock": "在庫あり",
        "few": "残り{count}点",
        "gone": "在庫切れ",
        "gone_note": "ただいま在庫切れです。入荷のお知らせはチャットで承ります。",
        "related": "あわせて見る",
        "picks": "店の定番",
        "new": "新着とセール",
        "departments": "売り場",
        "count": "{count}点",
        "hero": "長く使う道具を、<br>湯気の立つ時間へ。",
        "hero_text": "谷中の小さな店から、手になじみ、直して使えるものをお届けします。",
        "hero_link": "しずくを見る",
        "shelf": "棚に並んだ急須とケトルとドリッパー",
        "cares": "選ぶときも、使いはじめてからも",
        "care_1": "迷ったら、きいてください",
        "care_1_text": (
            "右下のチャットが在庫と仕様をお答えします。わからないことは店の者が続けて承ります。"
        ),
        "care_2": "直して使えます",
        "care_2_text": "道具には1年の保証。そのあとも部品ひとつから修理を承ります。",
        "care_3": "贈りものに",
        "care_3_text": f"和紙の包みとひもかけを1点{WRAPPING}円で。のしは無料です。",
        "empty": "カートは空です。",
        "see": "道具を見る",
        "subtotal": "小計（税込）",
        "remove": "{title}を削除",
        "free": "送料無料でお届けします。",
        "until": "あと{amount}で送料無料",
        "checkout": "ご注文の手続きへ",
        "no_script": (
            "カートにはJavaScriptが要ります。"
            "商品ページの「今すぐ購入」はそのままお使いいただけます。"
        ),
        "foot_1": "お買い物",
        "foot_1_text": (
            f"全国一律{SHIPPING:,}円、{FREE_FROM:,}円以上で送料無料。クレジットカード、コンビニ払い、銀行振込、"
            f"代金引換（手数料{AT_THE_DOOR}円）がお使いいただけます。"
        ),
        "foot_2": "返品と保証",
        "foot_2_text": (
            f"お届けから{RETURN_DAYS}日以内、未使用のものは返品と交換をお受けします。"
            "道具には1年の保証が付きます。"
        ),
        "foot_3": "谷中店",
        "foot_3_text": "東京都台東区。11時から18時、水曜定休。",
        "made": "木立道具店は Kaiwa の見本のお店です。実在せず、商品は届きません。",
    },
    "en": {
        "shop": "Kodachi",
        "line": "Tools for tea, coffee and every day",
        "skip": "Skip to content",
        "band": (
            f"Free shipping on orders of ¥{FREE_FROM:,} or more ／ Weekday orders by noon "
            "leave the same day"
        ),
        "home": "Kodachi home",
        "other": "日本語",
        "cart": "Cart",
        "here": "You are here",
        "pictures": "Pictures",
        "tax": "incl. tax",
        "tax_reduced": "incl. reduced tax of 8%",
        "before": "Before",
        "from": "and up",
        "fast": "Weekday orders by noon leave the same day",
        "less": "Fewer",
        "quantity": "Quantity",
        "more": "More",
        "add": "Add to cart",
        "buy": "Buy now",
        "done": "Added to your cart",
        "ask": "Ask about this product",
        "spec": "Details",
        "maker": "Maker",
        "number": "Item number",
        "in_stock": "In stock",
        "few": "Only {count} left",
        "gone": "Sold out",
        "gone_note": "Sold out for now. Ask in the chat to hear when it is back.",
        "related": "Goes well with",
        "picks": "Our regulars",
        "new": "New and reduced",
        "departments": "Departments",
        "count": "{count} items",
        "hero": "Tools that last,<br>for the hour of steam.",
        "hero_text": (
            "From our shop in Yanaka, Tokyo: things that grow into your hand and can be repaired."
        ),
        "hero_link": "See Shizuku",
        "shelf": "A teapot, a kettle and a dripper on a shelf",
        "cares": "Choosing, and keeping",
        "care_1": "Not sure? Just ask",
        "care_1_text": (
            "The chat at the lower right knows stock and details. What it does not know, we "
            "answer ourselves."
        ),
        "care_2": "Made to be repaired",
        "care_2_text": "A year's warranty on tools, and after that repairs down to a single part.",
        "care_3": "As a gift",
        "care_3_text": f"Washi paper and a cord for ¥{WRAPPING} per item. Noshi is free.",
        "empty": "Your cart is empty.",
        "see": "See our tools",
        "subtotal": "Subtotal (incl. tax)",
        "remove": "Remove {title}",
        "free": "Ships free.",
        "until": "{amount} more for free shipping",
        "checkout": "Go to checkout",
        "no_script": "The cart needs JavaScript. “Buy now” on a product's page works without it.",
        "foot_1": "Shopping",
        "foot_1_text": (
            f"Shipping is ¥{SHIPPING:,} within Japan and free from ¥{FREE_FROM:,}. Cards, "
            f"convenience stores, bank transfer, or cash on delivery (¥{AT_THE_DOOR})."
        ),
        "foot_2": "Returns and warranty",
        "foot_2_text": (
            f"Unused items can be returned or exchanged within {RETURN_DAYS} days. Our tools "
            "carry a one-year warranty."
        ),
        "foot_3": "Yanaka shop",
        "foot_3_text": "Taito City, Tokyo. 11:00 to 18:00, closed on Wednesdays.",
        "made": "Kodachi is the example shop of Kaiwa. It does not exist and sends nothing.",
    },
}
