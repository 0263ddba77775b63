"""After what is sold out, another value alone is taken."""

import pytest

from kaiwa.engines.db import Database
from kaiwa.vocabulary.language import Language
from tests.bot.skills.shop import Shop, Sold
from tests.bot.skills.test_ordering import cart
from tests.bot.skills.test_otherwise_now import MAT


@pytest.fixture
def shop(database: Database) -> Shop:
    shop = Shop(database)
    shop.sells(MAT, Sold({"サイズ": "120cm"}), Sold({"サイズ": "180cm"}, stock=0))
    return shop


@pytest.mark.parametrize(
    ("language", "first", "then"),
    [
        ("en", "one cork mat in 180 please", "cant wait that long who am i kidding. 120 cm"),
        ("en", "one cork mat in 180 please", "sold out huh. the 120 cm one instead"),
        ("ja", "コルクマットの180をください", "そんなに待てないや。120cmで"),
    ],
)
def test_another_value_is_taken_in_its_place(
    shop: Shop, language: Language, first: str, then: str
) -> None:
    talk = shop.talk(language)
    talk.say(first)
    assert cart(talk) == {}
    assert talk.say(then).acts == ("add_to_cart",)
    assert cart(talk) == {"mat-0": 1}
