"""Things of one shop that are called alike, and what is said of them: each gets what is its own."""

import pytest

from kaiwa.bot.gateway import Gateway
from kaiwa.bot.naming.named import named
from kaiwa.bot.naming.stretches import inner_words, is_no_thing
from kaiwa.bot.nlu.slot import Query
from kaiwa.bot.shop import Scene
from kaiwa.bot.shop import Shop as View
from kaiwa.catalog.product import ProductText, Translation
from kaiwa.engines.db import Database, Session
from kaiwa.listeners import announce_orders
from kaiwa.vocabulary.language import Language
from tests.bot.skills.shop import NOW, Shop, Sold, texts
from tests.bot.skills.test_ordering import cart

SIZE = {"サイズ": "Size", "色": "Colour"}
DIARY = ProductText(
    "diary",
    "日記帳 ひなた",
    category="手帳",
    translations={"en": Translation(title="Hinata diary", category="Diaries", options=SIZE)},
)
COVER = ProductText(
    "cover",
    "革のブックカバー",
    category="カバー",
    translations={"en": Translation(title="Leather book cover", category="Covers", options=SIZE)},
)
PEN = ProductText("pen", "サインペン ゆき 0.5", category="筆記具")
REFILL = ProductText("refill", "サインペン ゆきの替芯 3本入", category="替芯")
MARKER = ProductText(
    "marker",
    "うすいろマーカー",
    "目にやさしい、淡い色の蛍光ペンです。",
    category="マーカー",
    attributes={"裏うつり": "しにくい"},
    tags=("蛍光ペン", "勉強"),
)
BRUSH = ProductText("brush", "年賀状にも慶弔にも使える筆ペン つきあかり 三本組", category="慶弔")
PENS = tuple(
    ProductText(f"pen-{at}", f"{name}ペン", category="筆記具", tags=("ペン", "筆記具"))
    for at, name in enumerate(("ゲル", "水性", "つけ", "製図"))
)
TAPE = ProductText(
    "tape",
    "マスキングテープ 野原",
    category="マスキングテープ",
    translations={"en": Translation(title="Meadow washi tape", category="Tapes")},
)
CUTTER = ProductText(
    "cutter",
    "木のテープカッター",
    category="テープカッター",
    translations={"en": Translation(title="Beech tape cutter", category="Tools")},
)
SHEETS = ProductText("sheets", "かんじれんしゅうちょう", category="ノート")
BOUND = ProductText(
    "bound", "糸とじノート ふみ", category="ノート", attributes={"ページ数": "160ページ"}
)
RINGS = ProductText("rings", "リングノート 方眼", category="ノート")


@pytest.fixture
def shop(database: Database) -> Shop:
    shop = Shop(database)
    for one in (DIARY, COVER):
        shop.sells(one, Sold({"サイズ": "A6"}, 2_000), Sold({"サイズ": "A5"}, 3_000))
    shop.sells(PEN, Sold({"色": "白"}), Sold({"色": "紺"}))
    shop.sells(REFILL, Sold({"色": "黒"}), Sold({"色": "赤"}))
    for one in (MARKER, BRUSH, CUTTER, *PENS):
        shop.sells(one)
    shop.sells(TAPE, Sold(price=400, stock=20))
    shop.sells(BOUND, Sold(price=880))
    shop.sells(SHEETS, Sold(price=220))
    shop.sells(RINGS, Sold(price=550))
    return shop


def test_what_is_only_felt_names_nothing(shop: Shop) -> None:
    talk = shop.talk()
    assert talk.say("よかった…。改めて日記帳ひなたのA5を1冊お願いします").acts == ("add_to_cart",)
    assert cart(talk) == {"diary-1": 1}


@pytest.mark.parametrize("word", ["よかった", "しらなかった", "うれしい", "変えて"])
def test_a_word_told_as_past_or_felt_is_no_thing(word: str) -> None:
    assert is_no_thing(word)


@pytest.mark.parametrize("word", ["はしり", "つばき", "たんぽぽ", "うすいろ", "ことり"])
def test_a_name_in_kana_stays_one(word: str) -> None:
    assert not is_no_thing(word)


def test_no_word_reaches_from_one_word_of_a_title_into_the_next() -> None:
    assert inner_words("13インチのノート", "帆布のトートバッグ") == set()
    assert inner_words("チノはある", "チノパンツ") == {(0, 2)}


def test_the_particle_of_another_name_is_no_letter_of_it(shop: Shop) -> None:
    talk = shop.talk()
    talk.say("サインペンゆきの紺2本と、ゆきの替芯の黒を1つカートに")
    assert cart(talk) == {"pen-1": 2, "refill-0": 1}


def test_what_is_called_so_is_meant_and_not_what_shares_a_word_of_it(shop: Shop) -> None:
    who = shop.talk().who

    def work(session: Session) -> list[str]:
        gateway = Gateway(session, announce_orders, writing=False)
        view = View(session, shop.merchant, shop.tools, Scene(who, NOW), gateway)
        found = named(view, "裏うつりしにくい蛍光ペンはある", "ja")
        return [one.handle for one in view.products(found.product_ids)]

    assert shop.db.read_now(work) == ["marker"]


def test_something_alike_is_not_sought_by_the_sound_of_its_words(shop: Shop) -> None:
    talk = shop.talk()
    talk.say("日記帳ひなたを見せて")
    answer = talk.say("似た感じのは？")
    assert answer.acts == ("recommend",)
    assert not any(isinstance(one, Query) for one in answer.state.search)


def test_cheaper_than_the_one_that_is_spoken_of(shop: Shop) -> None:
    talk = shop.talk()
    talk.say("ノートを見せて")
    talk.say("糸とじノートは何ページですか")
    assert set(talk.say("もっと安いのある？").products) == {"sheets", "rings"}


@pytest.mark.parametrize(
    ("language", "first", "then", "fewer"),
    [
        (
            "ja",
            "マスキングテープを3つください",
            "木のテープカッターはお気に入りへ",
            "テープ、ひとつ減らします！",
        ),
        (
            "en",
            "three meadow tapes please",
            "put the beech tape cutter on my wish list",
            "one less tape please",
        ),
    ],
)
def test_fewer_are_taken_of_what_lies_in_the_cart(
    shop: Shop, language: Language, first: str, then: str, fewer: str
) -> None:
    talk = shop.talk(language)
    talk.say(first)
    talk.say(then)
    assert talk.say("合計は？" if language == "ja" else "what's in my cart?").acts == ("view_cart",)
    assert talk.say(fewer).acts == ("change_quantity",)
    assert cart(talk) == {"tape-0": 2}


def test_how_it_shall_be_is_said_of_what_shall_be_shown(shop: Shop) -> None:
    talk = shop.talk()
    talk.say("日記帳ひなたのA5はありますか")
    answer = talk.say("革のカバーも見せてください。A5用で")
    assert (answer.acts, answer.products) == (("find_product",), ("cover",))
    assert cart(talk) == {}


@pytest.mark.parametrize(
    ("language", "first", "too", "both"),
    [
        (
            "ja",
            "日記帳ひなたのA6をください",
            "同じ大きさの革のブックカバーもお願いします",
            "あ、待って。A5の方が書きやすそう…両方ともA5に替えてもらえますか",
        ),
        (
            "en",
            "one hinata diary in a6 please",
            "and the leather book cover in the same size",
            "can you make both of them A5?",
        ),
    ],
)
def test_both_are_made_so(shop: Shop, language: Language, first: str, too: str, both: str) -> None:
    talk = shop.talk(language)
    talk.say(first)
    talk.say(too)
    assert cart(talk) == {"diary-0": 1, "cover-0": 1}
    assert talk.say(both).acts == ("change_quantity",)
    assert cart(talk) == {"diary-1": 1, "cover-1": 1}


def test_only_what_is_not_so_yet_is_changed(shop: Shop) -> None:
    talk = shop.talk()
    talk.say("日記帳ひなたのA6をください")
    talk.say("革のブックカバーのA5もお願いします")
    told = texts(talk.say("両方A6にしてください"))
    assert told[0].startswith("革のブックカバー A6に取り替えました")
    assert cart(talk) == {"diary-0": 1, "cover-0": 1}
