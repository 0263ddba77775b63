"""Which of those that are spoken of suits a use: their pages tell, and nothing else is shown."""

import pytest

from kaiwa.catalog.product import ProductText
from kaiwa.engines.db import Database
from tests.bot.skills.shop import Shop, Talk, sold_here, texts
from tests.bot.skills.test_ordering import cart

SOCKS = (
    ("socks-dress", "Dress Socks", "Thin cotton socks for the office."),
    ("socks-swift", "Swift Socks", "Low-cut socks padded for running."),
    ("socks-wool", "Wool Socks", "Thick socks for winter hikes."),
)


@pytest.fixture
def shop(database: Database) -> Shop:
    shop = Shop(database)
    sold_here(shop)
    for handle, title, body in SOCKS:
        shop.sells(ProductText(handle, title, body, category="Socks", language="en"))
    return shop


def test_the_one_whose_page_tells_of_it(shop: Shop) -> None:
    talk = shop.talk("en")
    assert len(talk.say("show me socks").products) == 3
    answer = talk.say("which ones are best for running")
    assert texts(answer)[0] == (
        "Of these, Swift Socks looks right for that.\nLow-cut socks padded for running."
    )
    talk.say("i'll take those")
    assert cart(talk) == {"socks-swift-0": 1}


def test_in_japanese_by_another_word_of_the_page(shop: Shop) -> None:
    talk = shop.talk()
    talk.say("かばんを見せて")
    answer = talk.say("雨の日に使うならどれ")
    assert texts(answer)[0].startswith("この中ではサコッシュ「こまどり」が合いそうです。")


def test_two_that_are_named_are_compared(shop: Shop) -> None:
    talk: Talk = shop.talk()
    answer = talk.say("サコッシュとトートどっちがいいかな")
    assert answer.acts == ("compare",)
    assert set(answer.products) == {"sacoche", "tote"}
