"""A thanks or a farewell in another tongue, in a talk that is held in ours."""

import pytest

from kaiwa.engines.db import Database
from tests.bot.skills.shop import Shop, Sold
from tests.bot.skills.test_otherwise_now import MAT


@pytest.fixture
def shop(database: Database) -> Shop:
    shop = Shop(database)
    shop.sells(MAT, Sold({"サイズ": "120cm"}), Sold({"サイズ": "180cm"}, stock=0))
    return shop


@pytest.mark.parametrize(
    ("said", "act"), [("gracias, very kind", "thanks"), ("merci, au revoir!", "goodbye")]
)
def test_who_talks_english_is_thanked_back_in_english(shop: Shop, said: str, act: str) -> None:
    talk = shop.talk("en")
    talk.say("one cork mat in 120 please")
    answer = talk.say(said)
    assert (answer.acts, answer.language) == ((act,), "en")


def test_who_begins_in_another_language_is_told_which_ones_are_spoken(shop: Shop) -> None:
    assert shop.talk("en").say("merci").skill == "foreign"
