"""How the example shop sells: what sending and paying cost, its terms, coupons and synonyms.

The shop's pages and its FAQ tell the same amounts: they are written here once.
"""

from datetime import datetime, timedelta
from typing import Final

from kaiwa.catalog.finder.synonyms import put_synonym
from kaiwa.engines.db import Session
from kaiwa.orders.coupon import CouponRule, put_coupon
from kaiwa.orders.payment_method import NewMethod, add_method
from kaiwa.orders.shipping import Rate, add_rate
from kaiwa.orders.terms import GiftWrap, Seller, Terms, set_terms

SHIPPING: Final = 660
TO_OKINAWA: Final = 1_320
FREE_FROM: Final = 8_000
AT_THE_DOOR: Final = 330
WRAPPING: Final = 330
RETURN_DAYS: Final = 14
FIRST_OFF_PERCENT: Final = 10
FIRST_OFF_FROM: Final = 3_000
TEA_OFF: Final = 500
TEA_OFF_FROM: Final = 3_000

_ISLANDS: Final = ("沖縄県",)
_FARTHER: Final = tuple("北海道 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県".split())
_NEAR: Final = tuple(
    """青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県
    新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府
    兵庫県 奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県""".split()
)
TERMS: Final = Terms(
    seller=Seller(
        name="株式会社木立道具店",
        representative="中村 彩",
        address="〒110-0001 東京都台東区谷中0-0-0（見本のお店です）",
        phone="03-0000-0000",
        email="shop@kodachi.example",
        hours="11時〜18時（水曜定休）",
    ),
    invoice_number="T5700110001234",
    wraps=(
        GiftWrap("washi", {"ja": "和紙の包みとひもかけ", "en": "Washi paper and a cord"}, WRAPPING),
        GiftWrap("noshi", {"ja": "のし", "en": "Noshi"}, 0),
    ),
    return_days=RETURN_DAYS,
    days_ahead=11,
    first_number=1_201,
)
METHODS: Final = (
    NewMethod("card", "test_provider", "クレジットカード（見本）"),
    NewMethod("konbini", "test_provider", "コンビニ払い（見本）", most_minor=300_000),
    NewMethod("cod", "cash_on_delivery", "代金引換", AT_THE_DOOR, most_minor=300_000),
    NewMethod(
        "bank",
        "bank_transfer",
        "銀行振込",
        settings={
            "bank": "見本銀行",
            "branch": "谷中支店",
            "kind": "普通",
            "number": "0000000",
            "holder": "カ）コダチドウグテン",
            "days": "7",
        },
    ),
)
SYNONYMS: Final = {
    "やかん": ("ケトル",),
    "水筒": ("保温ボトル",),
    "カッパ": ("レインコート", "レインポンチョ"),
    "雨合羽": ("レインコート", "レインポンチョ"),
    "マフラー": ("ストール",),
    "湯沸かし": ("電気ケトル",),
    "ズボン": ("パンツ", "ジーンズ"),
    "きゅうす": ("急須",),
    "引き出物": ("ギフトセット",),
    "thermos": ("vacuum bottle",),
    "jumper": ("sweater",),
    "mobile battery": ("power bank",),
    "rain jacket": ("raincoat",),
    "lunchbox": ("bento box", "lunch box"),
}


def open_for_trade(session: Session, merchant_id: int, now: datetime) -> None:
    """Set everything the shop needs in order to sell; once, when it is created."""
    set_terms(session, merchant_id, TERMS)
    for one in METHODS:
        add_method(session, merchant_id, one)
    for regions, amount, days in (
        (_NEAR, SHIPPING, 3),
        (_FARTHER, SHIPPING, 4),
        (_ISLANDS, TO_OKINAWA, 5),
    ):
        rate = Rate("宅配便", "yamato", "JP", regions, -1, None, amount, FREE_FROM, days=days)
        add_rate(session, merchant_id, rate)
    for rule in coupons(now):
        put_coupon(session, merchant_id, rule, now)
    for word, means in SYNONYMS.items():
        put_synonym(session, merchant_id, word, means, now)


def coupons(now: datetime) -> tuple[CouponRule, ...]:
    """The shop's three coupons; the last two end some time after `now`."""
    tea = ("sencha", "gyokuro", "hojicha", "genmaicha", "matcha", "kuromoji")
    return (
        CouponRule(
            "HAJIMETE", "percent", FIRST_OFF_PERCENT * 100, 0, FIRST_OFF_FROM, per_customer=1
        ),
        CouponRule(
            "OCHA500", "fixed", 0, TEA_OFF, TEA_OFF_FROM, tea, now, now + timedelta(days=60)
        ),
        CouponRule("SOURYO0", "free_shipping", ends_at=now + timedelta(days=30), most_uses=500),
    )
