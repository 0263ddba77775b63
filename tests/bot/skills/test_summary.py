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


def test_the_question_before_is_told_though_a_button_was_pressed(database: Database) -> None:
    shop = Shop(database)
    sold_here(shop)
    talk = shop.talk()
    assert talk.say("帆布トート「ふなで」を入れて").asks_for == ("colour",)
    talk.say("サコッシュ「こまどり」の保証はどれくらいですか")
    answer = talk.say("担当者と話す")
    assert answer.handoff is not None
    told = answer.handoff.summary.split("\n")
    assert "その前のご質問：サコッシュ「こまどり」の保証はどれくらいですか" in told
    (looked_at,) = [line for line in told if line.startswith("見ていた商品：")]
    assert "こまどり" in looked_at
