"""So many are taken out again: the rest stays, and nothing more is put in."""

import pytest

from kaiwa.engines.db import Database
from kaiwa.vocabulary.language import Language
from tests.bot.skills.shop import Shop, Sold
from tests.bot.skills.test_ordering import cart
from tests.bot.skills.test_otherwise_now import MAT, SOCKS


@pytest.fixture
def shop(database: Database) -> Shop:
    shop = Shop(database)
    shop.sells(MAT, Sold({"サイズ": "120cm"}), Sold({"サイズ": "180cm"}))
    shop.sells(SOCKS, Sold(price=990, stock=20))
    return shop


@pytest.mark.parametrize(
    ("language", "first", "then"),
    [
        ("en", "3 of the cork mat in 180", "Kindly take one mat away."),
        ("en", "3 of the cork mat in 180", "take one of the 180 ones out"),
        ("en", "3 of the cork mat in 180", "take away one cork mat"),
        ("en", "3 of the cork mat in 180", "remove one cork mat"),
        ("ja", "コルクマットの180を3つください", "コルクマットを1つ減らして"),
    ],
)
def test_so_many_fewer_stay(shop: Shop, language: Language, first: str, then: str) -> None:
    talk = shop.talk(language)
    talk.say(first)
    assert cart(talk) == {"mat-1": 3}
    talk.say(then)
    assert cart(talk) == {"mat-1": 2}


def test_one_is_taken_of_the_smaller_ones(shop: Shop) -> None:
    talk = shop.talk("en")
    talk.say("2 of the cork mat in 180")
    talk.say("and 3 of the cork mat in 120")
    assert talk.say("Take one small one out.").acts == ("change_quantity",)
    assert cart(talk) == {"mat-1": 2, "mat-0": 2}


def test_what_is_left_alone_is_told_by_its_size(shop: Shop) -> None:
    talk = shop.talk("en")
    talk.say("2 of the cork mat in 180")
    talk.say("and 3 short ones")
    assert cart(talk) == {"mat-1": 2, "mat-0": 3}
    talk.say("hang on, just 1 long")
    assert cart(talk) == {"mat-1": 1, "mat-0": 3}
