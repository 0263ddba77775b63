"""A small shop to be sold to: bags, cups and a kettle in two languages, and a talk in it."""

import tempfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import msgspec

from kaiwa.bot.dialogue.state import Dialogue
from kaiwa.bot.gateway import Gateway
from kaiwa.bot.hearing import Heard
from kaiwa.bot.known import open_tools
from kaiwa.bot.person import Person
from kaiwa.bot.respond import respond
from kaiwa.bot.shop import Scene
from kaiwa.bot.shop import Shop as View
from kaiwa.bot.turn import Answer, turn_of
from kaiwa.catalog.change import next_change
from kaiwa.catalog.finder.finder import Finder
from kaiwa.catalog.product import ProductText, Translation, put_product
from kaiwa.catalog.stock import Level, set_stock
from kaiwa.catalog.variant import VariantText, put_variants
from kaiwa.customers.customer import new_customer
from kaiwa.engines.clock import SetClock
from kaiwa.engines.db import Database, Session
from kaiwa.knowledge.entries import put_entries
from kaiwa.knowledge.faq import FaqEntry
from kaiwa.listeners import announce_orders
from kaiwa.merchants.merchant import NewMerchant, create_merchant
from kaiwa.vocabulary.content import Content, Text
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.money import Money
from kaiwa.vocabulary.reply import visible
from tests.bot.thinking import thought

NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)


class Sold(msgspec.Struct, frozen=True):
    """A variant on sale: its options, price and how many there are."""

    options: dict[str, str] = {}
    price: int = 3_000
    stock: int = 5


TOTE = ProductText(
    "tote",
    "帆布トート「ふなで」",
    "毎日使える丈夫なトートです。内ポケットは三つあります。",
    category="かばん",
    attributes={"素材": "綿100%", "お手入れ": "水洗い不可", "重さ": "620g"},
    language="ja",
    translations={
        "en": Translation(
            title="Funade canvas tote",
            body="A sturdy tote for every day. It has three inner pockets.",
            category="Bags",
            attributes={"Material": "100% cotton", "Care": "Not washable", "Weight": "620 g"},
            options={"色": "Colour", "白": "White", "黒": "Black", "青": "Blue"},
        )
    },
)
SACOCHE = ProductText(
    "sacoche",
    "サコッシュ「こまどり」",
    "小さく軽い肩かけかばんです。雨をはじきます。",
    category="かばん",
    attributes={"素材": "ナイロン", "防水": "撥水", "重さ": "180g"},
    language="ja",
)
KETTLE = ProductText(
    "kettle",
    "細口ケトル「しずく」",
    "ねらったところへ細く注げます。",
    category="ケトル",
    attributes={"素材": "ステンレス", "対応熱源": "ガス火（IH不可）", "食洗機": "不可"},
    language="ja",
)
ELECTRIC = ProductText(
    "electric-kettle",
    "電気ケトル「ゆげ」",
    "温度を選べ、60分保温します。",
    category="ケトル",
    attributes={"素材": "ステンレス", "温度調節": "40〜100℃・保温60分", "食洗機": "不可"},
    language="ja",
)
CUPS = tuple(
    ProductText(
        f"cup-{number}",
        f"湯のみ「{name}」",
        "手になじむ湯のみです。",
        category="湯のみ",
        attributes={"産地": place, "容量": f"{120 + 20 * number}ml"},
        language="ja",
    )
    for number, (name, place) in enumerate(
        (
            ("あけぼの", "有田"),
            ("いさりび", "有田"),
            ("うすらい", "有田"),
            ("えにし", "備前"),
            ("おぼろ", "備前"),
            ("かげろう", "備前"),
            ("きさらぎ", "益子"),
            ("くれない", "益子"),
            ("こはる", "益子"),
        ),
        1,
    )
)


@cache
def _models() -> Path:
    # What the shipped examples teach is learnt once for all tests of a process.
    return Path(tempfile.mkdtemp(prefix="kaiwa-models-"))


class Shop:
    """One merchant with its products on the database given; `talk` begins a conversation."""

    def __init__(self, database: Database) -> None:
        self.db = database
        self.clock = SetClock(NOW)
        new = NewMerchant("木立道具店", language="ja", currency="JPY")
        self.merchant = database.write_now(lambda s: create_merchant(s, new, NOW))
        finder = Finder(database, None, self.clock)
        self.tools = open_tools(database, finder, self.clock, _models(), "https://shop.example")

    def sells(self, text: ProductText, *sold: Sold) -> int:
        """Put a product on sale; its id."""

        def work(session: Session) -> int:
            change = next_change(session, self.merchant.id)
            product_id = put_product(session, self.merchant.id, text, NOW, change)
            told = [
                VariantText(Money(one.price, "JPY"), f"{text.handle}-{at}", options=one.options)
                for at, one in enumerate(sold or (Sold(),))
            ]
            ids = put_variants(session, self.merchant.id, product_id, told, NOW)
            for variant_id, one in zip(ids, sold or (Sold(),), strict=True):
                set_stock(session, self.merchant.id, variant_id, Level(one.stock), change)
            return product_id

        return self.db.write_now(work)

    def tells(self, *entries: FaqEntry) -> None:
        """Answer these questions."""
        self.db.write_now(lambda s: put_entries(s, self.merchant.id, entries, NOW))

    def talk(self, language: Language = "ja") -> "Talk":
        """A new shopper's conversation."""
        customer = self.db.write_now(lambda s: new_customer(s, self.merchant.id, NOW))
        return Talk(self, Person(customer, "web_chat"), language)


class Talk:
    """One conversation."""

    def __init__(self, shop: Shop, who: Person, language: Language) -> None:
        self.shop = shop
        self.who = who
        self.language = language
        self.state = Dialogue()

    def say(self, said: str | Content) -> Answer:
        """What the bot answers; remembered for the next."""
        turn = turn_of(Text(said) if isinstance(said, str) else said, self.language, self.state)

        def answered(session: Session, writing: bool, heard: Heard | None) -> Answer:
            gateway = Gateway(session, announce_orders, writing=writing)
            scene = Scene(self.who, NOW)
            view = View(session, self.shop.merchant, self.shop.tools, scene, gateway)
            return respond(turn, view, heard)

        answer = thought(self.shop.db, answered)
        self.state = answer.state
        return answer


def talked(shop: Shop, language: Language, *said: str) -> Talk:
    """A conversation in which all of this was said."""
    talk = shop.talk(language)
    for one in said:
        talk.say(one)
    return talk


def texts(answer: Answer) -> list[str]:
    """Everything the shopper reads."""
    return visible(answer.reply.blocks)


def sold_here(shop: Shop) -> None:
    """All of the bags and kettles, with a colour that is sold out."""
    shop.sells(
        TOTE,
        Sold({"色": "白"}, 8_800, 4),
        Sold({"色": "黒"}, 8_800, 0),
        Sold({"色": "青"}, 9_800, 2),
    )
    shop.sells(SACOCHE, Sold(price=3_850))
    shop.sells(KETTLE, Sold(price=8_800))
    shop.sells(ELECTRIC, Sold(price=14_300, stock=0))
