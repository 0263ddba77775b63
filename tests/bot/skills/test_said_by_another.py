"""The same wish in somebody else's words: parts of a sum, one less, one on top, no more of it."""

from pathlib import Path

import pytest

from kaiwa.bot.naming.counts_told import counts_told
from kaiwa.catalog.product import ProductText
from kaiwa.engines.db import Database
from tests.bot.skills.aftersale import AfterSale
from tests.bot.skills.shop import Shop, Sold, Talk, sold_here, texts
from tests.bot.skills.test_ordering import cart

MILL = "mill"


@pytest.fixture
def talk(database: Database) -> Talk:
    shop = Shop(database)
    sold_here(shop)
    shop.sells(
        ProductText("salts", "Moor Bath Salts", category="Bath"),
        Sold({"Scent": "Lavender"}, 1_600, 9),
        Sold({"Scent": "Eucalyptus"}, 1_600, 9),
        Sold({"Scent": "Unscented"}, 1_600, 9),
    )
    for name, price in (("Thumb", 4_800), ("Ridge", 9_600)):
        shop.sells(
            ProductText(f"{MILL}-{name}", f"{name} Hand Grinder", category="Grinders"),
            Sold(price=price),
        )
    return Talk(shop, shop.talk().who, "en")


@pytest.fixture
def place(database: Database, tmp_path: Path) -> AfterSale:
    return AfterSale(database, tmp_path)


@pytest.mark.parametrize(
    "said",
    [
        "I want four pairs of moor bath salts: 2x lavender, 2x eucalyptus",
        "four moor bath salts, so two lavender and two eucalyptus",
    ],
)
def test_what_is_told_in_parts_is_not_told_twice(talk: Talk, said: str) -> None:
    talk.say(said)
    assert sorted(cart(talk).values()) == [2, 2]


def test_a_number_that_happens_to_be_the_sum_counts(talk: Talk) -> None:
    talk.say("moor bath salts: 3 lavender 2 eucalyptus 1 unscented")
    assert sorted(cart(talk).values()) == [1, 2, 3]


def test_one_less_takes_one_off(talk: Talk) -> None:
    talk.say("2 moor bath salts lavender and 2 eucalyptus")
    talk.say("ok so one lavender less")
    assert sorted(cart(talk).values()) == [1, 2]


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("one yellow less", -1),
        ("two fewer please", -2),
        ("take a mug off", -1),
        ("just a single one", 1),
    ],
)
def test_how_many_fewer(said: str, count: int) -> None:
    assert [one.count for _, _, one in counts_told(said)] == [count]


@pytest.mark.parametrize("said", ["two for less", "one size less", "one is less"])
def test_less_that_counts_nothing_off(said: str) -> None:
    assert [one.count for _, _, one in counts_told(said) if one.count < 0] == []


def test_on_top_is_beside_what_is_there(talk: Talk) -> None:
    talk.say("5 moor bath salts, lavender")
    talk.say("2 of the eucalyptus on top")
    assert sorted(cart(talk).values()) == [2, 5]


def test_so_many_are_plenty(talk: Talk) -> None:
    talk.say("3 moor bath salts in lavender")
    talk.say("one of the bath salts is plenty")
    assert list(cart(talk).values()) == [1]


def test_the_one_without_scent_is_unscented(talk: Talk) -> None:
    talk.say("moor bath salts")
    talk.say("three of the one without scent then")
    assert list(cart(talk).values()) == [3]
    assert "Unscented ×3" in "\n".join(texts(talk.say("what is in my cart?")))


@pytest.mark.parametrize(
    "said",
    ["What do I have to pay?", "how much are we at", "where does that leave me moneywise?"],
)
def test_the_sum_asked_for_otherwise(talk: Talk, said: str) -> None:
    talk.say("2 moor bath salts, lavender")
    assert talk.say(said).acts == ("view_cart",)


def test_things_named_a_sentence_before_are_compared(talk: Talk) -> None:
    answer = talk.say("I can't choose between your hand grinders. How do they differ?")
    assert answer.acts == ("compare",)
    assert set(answer.products) == {"mill-Thumb", "mill-Ridge"}


@pytest.mark.parametrize(
    "said",
    [
        "the account would be under hanako@example.com",
        "my address for mail is hanako@example.com",
        "登録したメールアドレスは hanako@example.com だと思います",
    ],
)
def test_an_address_that_was_asked_for_is_the_answer(place: AfterSale, said: str) -> None:
    order = place.bought("TEA")
    talk = place.guest("ja" if said[0] == "登" else "en")
    assert talk.say(f"cancel {order.number}").asks_for == ("email",)
    answer = talk.say(said)
    assert answer.order == order.number
    assert answer.state.pending is not None


def test_another_wish_beside_the_address_is_heard(place: AfterSale) -> None:
    order = place.bought("TEA")
    talk = place.guest("en")
    assert talk.say(f"where is {order.number}").asks_for == ("email",)
    assert talk.say("cancel it, hanako@example.com").acts == ("cancel_order",)


@pytest.mark.parametrize(
    "said",
    ["and it cost me how much?", "how much was charged for the goods?", "いくら払いましたっけ"],
)
def test_what_an_order_cost_is_told(place: AfterSale, said: str) -> None:
    order = place.bought("TEA")
    talk = place.guest("ja" if said[0] == "い" else "en")
    talk.say(f"{order.number} hanako@example.com")
    assert talk.say(said).acts == ("order_status",)
