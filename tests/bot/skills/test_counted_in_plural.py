"""Sizes in the plural, a pair, how many of it: numbers as another person says them."""

import pytest

from kaiwa.bot.options.plain import plain
from kaiwa.catalog.product import ProductText
from kaiwa.engines.db import Database
from tests.bot.skills.shop import Shop, Sold, Talk
from tests.bot.skills.test_ordering import cart


@pytest.fixture
def shop(database: Database) -> Shop:
    shop = Shop(database)
    shop.sells(
        ProductText("sack", "Roll Dry Bag", category="Bags"),
        Sold({"Volume": "5 L"}, 1_800, 9),
        Sold({"Volume": "10 L"}, 2_400, 9),
    )
    shop.sells(
        ProductText("jacket", "Drizzle Light Jacket", category="Jackets"),
        *(Sold({"Size": size}, 8_900, 9) for size in ("S", "M", "L")),
    )
    shop.sells(ProductText("chair", "Spindle Dining Chair", category="Chairs"), Sold(stock=9))
    shop.sells(ProductText("boots", "Puddle Rain Boots", category="Boots"), Sold(stock=9))
    shop.sells(ProductText("anko", "つぶあん", category="あん", language="ja"), Sold(stock=9))
    return shop


@pytest.fixture
def talk(shop: Shop) -> Talk:
    return Talk(shop, shop.talk().who, "en")


@pytest.mark.parametrize(
    "said",
    [
        "we're after dry bags for the rowing club, that'd be 2 tens and 4 fives",
        "roll dry bags: two 10s, four 5s",
    ],
)
def test_sizes_called_by_their_number_are_told_in_the_plural(talk: Talk, said: str) -> None:
    talk.say(said)
    assert sorted(cart(talk).values()) == [2, 4]


def test_one_ten_and_one_five_are_one_of_each(talk: Talk) -> None:
    talk.say("two roll dry bags, one 10 and one 5")
    assert list(cart(talk).values()) == [1, 1]


def test_sizes_of_letters_are_told_in_the_plural(talk: Talk) -> None:
    talk.say("drizzle jacket, two larges")
    assert list(cart(talk).values()) == [2]


def test_numbers_in_the_plural_are_digits() -> None:
    assert plain("two tens, six sixes, the twenties") == "two 10s, six 6s, the 20s"


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("a pair of spindle dining chairs please, put them in my cart", 2),
        ("I'll take one pair of the puddle rain boots", 1),
    ],
)
def test_a_pair_of_what_is_sold_singly_are_two(talk: Talk, said: str, count: int) -> None:
    talk.say(said)
    assert list(cart(talk).values()) == [count]


@pytest.mark.parametrize(
    "said", ["Hmm, give me two of it, we go through it fast", "get me two of them"]
)
def test_two_of_it_right_after_one_are_two(talk: Talk, said: str) -> None:
    talk.say("put the spindle dining chair in my cart")
    talk.say(said)
    assert list(cart(talk).values()) == [2]


def test_add_two_puts_two_more_in(talk: Talk) -> None:
    talk.say("put the spindle dining chair in my cart")
    talk.say("add two more")
    assert list(cart(talk).values()) == [3]


def test_two_of_it_with_a_reason_in_japanese(shop: Shop) -> None:
    talk = Talk(shop, shop.talk().who, "ja")
    talk.say("つぶあんを1つかごに入れて")
    talk.say("2つにして、すぐなくなるので")
    assert list(cart(talk).values()) == [2]


@pytest.mark.parametrize(
    "said", ["You know what, no boots", "Tell you what, drop the boots", "guess what, no boots"]
)
def test_what_is_said_along_asks_nothing(talk: Talk, said: str) -> None:
    talk.say("put the spindle dining chair in my cart")
    talk.say("put the puddle rain boots in my cart")
    assert talk.say(said).acts == ("remove_from_cart",)
    assert len(cart(talk)) == 1


@pytest.mark.parametrize(
    "said",
    [
        "Turned it off and on again, no use. How long is it covered for?",
        "I'm expecting and was told retinol is off limits. What do you have for wrinkles?",
    ],
)
def test_a_story_before_a_question_fetches_nobody(talk: Talk, said: str) -> None:
    talk.say("put the puddle rain boots in my cart")
    answer = talk.say(said)
    assert answer.handoff is None
    assert "complaint" not in answer.acts
