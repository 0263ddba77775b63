"""What is in the cart is wanted otherwise: in another size, in another number, or not at all."""

import pytest

from kaiwa.catalog.product import ProductText, Translation
from kaiwa.engines.db import Database
from kaiwa.vocabulary.language import Language
from tests.bot.skills.shop import Shop, Sold
from tests.bot.skills.test_ordering import cart

MAT = ProductText(
    "mat",
    "コルクマット",
    category="マット",
    translations={"en": Translation(title="Cork mat", options={"サイズ": "Size"})},
)
SOCKS = ProductText(
    "socks",
    "すべり止め靴下 3足組",
    category="靴下",
    translations={"en": Translation(title="Grip socks, 3 pairs")},
)
SHOES = ProductText(
    "shoes",
    "はじめてのくつ",
    category="くつ",
    translations={"en": Translation(title="Baby shoes", options={"サイズ": "Size"})},
)


@pytest.fixture
def shop(database: Database) -> Shop:
    shop = Shop(database)
    shop.sells(MAT, Sold({"サイズ": "120cm"}), Sold({"サイズ": "180cm"}))
    shop.sells(SOCKS, Sold(price=990, stock=20))
    shop.sells(SHOES, Sold({"サイズ": "11.5cm"}), Sold({"サイズ": "12cm"}))
    return shop


@pytest.mark.parametrize(
    ("language", "first", "then"),
    [
        ("ja", "コルクマットの180をください", "マットは小さい方にします"),
        ("ja", "コルクマットの180をください", "マットは120にします"),
        ("en", "one cork mat in 180 please", "the small one will do"),
    ],
)
def test_the_other_size_takes_its_place(
    shop: Shop, language: Language, first: str, then: str
) -> None:
    talk = shop.talk(language)
    talk.say(first)
    assert cart(talk) == {"mat-1": 1}
    assert talk.say(then).acts == ("change_quantity",)
    assert cart(talk) == {"mat-0": 1}


def test_of_several_numbers_the_last_is_meant(shop: Shop) -> None:
    talk = shop.talk()
    talk.say("すべり止め靴下を4つ")
    talk.say("3足組なの？ じゃ2つでいいです")
    assert cart(talk) == {"socks-0": 2}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ja", ("コルクマットの180をください", "すべり止め靴下もください")),
        ("en", ("one cork mat in 180 please", "and the grip socks")),
    ],
)
def test_both_are_given_up_for_one(shop: Shop, language: Language, said: tuple[str, ...]) -> None:
    talk = shop.talk(language)
    for one in said:
        talk.say(one)
    assert cart(talk) == {"mat-1": 1, "socks-0": 1}
    last = {
        "ja": "うーん、やっぱり両方やめて、はじめてのくつの12cmだけにします",
        "en": "forget both, just the baby shoes in 12cm",
    }[language]
    talk.say(last)
    assert cart(talk) == {"shoes-1": 1}


def test_both_of_one_is_nothing_that_is_given_up(shop: Shop) -> None:
    talk = shop.talk()
    talk.say("すべり止め靴下をください")
    talk.say("両方やめて、コルクマットの120だけにします")
    assert cart(talk)["socks-0"] == 1


def test_a_size_may_be_told_in_kanji(shop: Shop) -> None:
    talk = shop.talk()
    talk.say("はじめてのくつの十二センチを一足お願いします")
    assert cart(talk) == {"shoes-1": 1}


@pytest.mark.parametrize(
    ("language", "put", "drop"),
    [
        ("ja", ("コルクマットの180をください", "すべり止め靴下もください"), "最初のはやめる"),
        ("en", ("one cork mat in 180 please", "and the grip socks"), "forget the first one"),
    ],
)
def test_the_first_of_the_cart_is_meant(
    shop: Shop, language: Language, put: tuple[str, ...], drop: str
) -> None:
    talk = shop.talk(language)
    for said in put:
        talk.say(said)
    talk.say(drop)
    assert cart(talk) == {"socks-0": 1}


def test_what_was_said_is_forgotten_and_not_the_cart(shop: Shop) -> None:
    talk = shop.talk("en")
    talk.say("one cork mat in 180 please")
    talk.say("forget everything i said, i'll have the grip socks")
    assert cart(talk) == {"mat-1": 1, "socks-0": 1}


def test_a_kind_may_be_one_kanji(shop: Shop) -> None:
    shop.sells(ProductText("umbrella", "折りたたみ傘「つばくろ」", category="傘"))
    shop.sells(ProductText("stand", "傘立て", category="玄関"))
    talk = shop.talk()
    talk.say("傘を2本ください")
    assert cart(talk) == {"umbrella-0": 2}
    talk.say("コルクマットの120をください")
    talk.say("両方やめて、傘だけください")
    assert cart(talk) == {"umbrella-0": 1}
