"""Values of one product: side by side, taken by themselves, kept, exchanged in part, counted."""

import pytest

from kaiwa.catalog.product import ProductText
from kaiwa.engines.db import Database
from tests.bot.skills.shop import Shop, Sold, Talk, texts
from tests.bot.skills.test_ordering import cart

COOLER = ProductText(
    "cooler",
    "クーラーボックス「ひむろ」",
    "キャンプの肉も冷たいまま。",
    category="クーラーボックス",
    language="ja",
    attributes={"保冷": "15Lは36時間、25Lは48時間", "水栓": "付き"},
)
CHAIR = ProductText(
    "chair", "折りたたみチェア「ひなた」", "軽い椅子。", category="椅子", language="ja"
)
TEE = ProductText(
    "tee",
    "Heavyweight Tee",
    "A boxy tee that keeps its neck.",
    category="T-Shirts",
    language="en",
    attributes={"Material": "100% cotton", "Care": "Machine wash cold"},
)
PAINT = ProductText(
    "paint", "Quiet Wall Paint", "Next to no smell.", category="Paint", language="en"
)


@pytest.fixture
def shop(database: Database) -> Shop:
    shop = Shop(database)
    shop.sells(
        COOLER,
        Sold({"容量": "15L"}, 8_800),
        Sold({"容量": "25L"}, 11_800),
        Sold({"容量": "40L"}, 15_000),
    )
    shop.sells(CHAIR, Sold({"色": "カーキ"}, 4_480), Sold({"色": "ネイビー"}, 4_480))
    shop.sells(
        TEE,
        *(Sold({"Color": c, "Size": s}, 2_800) for c in ("Black", "White") for s in ("M", "L")),
    )
    shop.sells(
        PAINT,
        *(
            Sold({"Color": c, "Size": s}, 2_400)
            for c in ("Oat", "Sage")
            for s in ("Quart", "Gallon")
        ),
    )
    return shop


@pytest.fixture
def talk(shop: Shop) -> Talk:
    return shop.talk()


@pytest.fixture
def english(shop: Shop) -> Talk:
    return shop.talk("en")


def test_two_values_of_one_product_are_set_side_by_side(talk: Talk) -> None:
    talk.say("クーラーボックス「ひむろ」を見せて")
    (told, *_) = texts(talk.say("15Lと25Lの違いは？"))
    assert told.splitlines() == [
        "クーラーボックス「ひむろ」",
        "・15L：¥8,800",
        "・25L：¥11,800",
        "・保冷：15Lは36時間、25Lは48時間",
    ]


def test_one_of_several_becomes_another_colour(talk: Talk) -> None:
    talk.say("折りたたみチェア「ひなた」のカーキを2つください")
    talk.say("椅子1つはネイビーに変えて")
    assert cart(talk) == {"chair-0": 1, "chair-1": 1}


def test_half_of_them_become_another_colour(english: Talk) -> None:
    english.say("4 heavyweight tees in black, size L please")
    english.say("half of those white")
    assert cart(english) == {"tee-1": 2, "tee-3": 2}


def test_what_was_just_put_in_is_not_put_in_twice(talk: Talk) -> None:
    talk.say("折りたたみチェア「ひなた」のカーキを1つください")
    answer = talk.say("カートに入れてください")
    assert texts(answer)[0] == "折りたたみチェア「ひなた」 カーキはもうかごに入っています。"
    assert cart(talk) == {"chair-0": 1}
    talk.say("もう1つください")
    assert cart(talk) == {"chair-0": 2}


def test_a_value_itself_is_counted(english: Talk) -> None:
    english.say("show me the quiet wall paint")
    english.say("4 quarts of sage then")
    assert cart(english) == {"paint-2": 4}


def test_a_text_of_values_alone_takes_the_product_spoken_of(english: Talk) -> None:
    english.say("show me the quiet wall paint")
    assert english.say("sage gallon pls").acts == ("add_to_cart",)
    assert cart(english) == {"paint-3": 1}


def test_a_size_that_was_asked_about_is_kept(english: Talk) -> None:
    english.say("how much is the quiet wall paint in gallon")
    english.say("ok one in oat then")
    assert cart(english) == {"paint-1": 1}


def test_what_it_is_made_of_is_not_said_to_be_organic(english: Talk) -> None:
    english.say("show me the heavyweight tee")
    answer = english.say("is the cotton organic?")
    assert not answer.answered
    assert not any(one.startswith("Yes") for one in texts(answer))


def test_what_an_option_comes_in_is_asked_by_its_name(talk: Talk) -> None:
    talk.say("クーラーボックス「ひむろ」を見せて")
    assert "15L・25L・40L" in texts(talk.say("容量は何がありますか"))[0]
