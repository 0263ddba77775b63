"""Several things, and several of one thing, each with the number that stands beside it."""

import pytest

from kaiwa.catalog.product import ProductText, Translation
from kaiwa.engines.db import Database
from kaiwa.vocabulary.language import Language
from tests.bot.skills.shop import Shop, Sold
from tests.bot.skills.test_ordering import BEANS, CAKE, cart
from tests.bot.skills.test_otherwise_now import MAT, SOCKS

SIEVE = ProductText(
    "sieve",
    "茶こし",
    category="茶道具",
    translations={"en": Translation(title="Fine-mesh tea sieve")},
)


@pytest.fixture
def shop(database: Database) -> Shop:
    shop = Shop(database)
    shop.sells(MAT, Sold({"サイズ": "120cm"}), Sold({"サイズ": "180cm"}))
    shop.sells(SOCKS, Sold(price=990, stock=20))
    shop.sells(CAKE, Sold(price=1_800))
    shop.sells(BEANS, Sold({"挽き方": "豆"}, 1_500), Sold({"挽き方": "粉"}, 1_500))
    return shop


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "I need a cork mat for our club. Two of the 120 cm and four of the 180 cm."),
        ("ja", "コルクマットを探しています。120cmを2つと180cmを4つお願いします"),
    ],
)
def test_the_thing_is_named_in_one_sentence_and_counted_in_the_next(
    shop: Shop, language: Language, said: str
) -> None:
    talk = shop.talk(language)
    assert talk.say(said).acts == ("add_to_cart",)
    assert cart(talk) == {"mat-0": 2, "mat-1": 4}


def test_what_is_not_wanted_of_it_is_no_order(shop: Shop) -> None:
    talk = shop.talk("en")
    assert "add_to_cart" not in talk.say("Looking for a cork mat, not in 180 cm. Two of them.").acts
    assert cart(talk) == {}


def test_a_list_without_marks(shop: Shop) -> None:
    talk = shop.talk("en")
    assert talk.say("1 cork mat 180cm 2 grip socks 1 castella").acts == ("add_to_cart",)
    assert cart(talk) == {"mat-1": 1, "socks-0": 2, "cake-0": 1}


def test_that_and_another_thing(shop: Shop) -> None:
    talk = shop.talk("en")
    talk.say("tasogare castella")
    talk.say("I'll have that and the grip socks")
    assert cart(talk) == {"cake-0": 1, "socks-0": 1}


@pytest.mark.parametrize(
    ("language", "first", "said"),
    [
        ("en", "yoake coffee", "We drink on two floors, so two. One of each kind"),
        ("ja", "珈琲よあけ", "二人なので。各種類1つずつください"),
    ],
)
def test_why_it_is_wanted_is_no_part_of_one_of_each(
    shop: Shop, language: Language, first: str, said: str
) -> None:
    talk = shop.talk(language)
    talk.say(first)
    assert talk.say(said).acts == ("add_to_cart",)
    assert cart(talk) == {"beans-0": 1, "beans-1": 1}


def test_fine_answers_and_names_nothing(shop: Shop) -> None:
    shop.sells(SIEVE, Sold(price=1_200))
    talk = shop.talk("en")
    talk.say("two of the grip socks")
    talk.say("fine, as many as there are")
    assert cart(talk) == {"socks-0": 2}
