"""What the desk is told of a conversation is listed as its language lists things."""

from kaiwa.engines.db import Database
from tests.bot.skills.shop import Shop, sold_here


def test_products_are_listed_the_english_way_in_english(database: Database) -> None:
    shop = Shop(database)
    sold_here(shop)
    talk = shop.talk("en")
    assert len(talk.say("What do you have under 20000 yen?").products) > 1
    answer = talk.say("I want to talk to a person")
    assert answer.handoff is not None
    told = answer.handoff.summary.split("\n")
    (looked_at,) = [line for line in told if line.startswith("Looked at: ")]
    assert ", " in looked_at
    assert "、" not in looked_at
