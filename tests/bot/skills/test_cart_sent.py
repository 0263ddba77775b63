"""A cart that was filled in a channel's own shop becomes ours, at our prices."""

import pytest

from kaiwa.engines.db import Database
from kaiwa.vocabulary.content import Postback
from tests.bot.skills.shop import Shop, Talk, sold_here, texts
from tests.bot.skills.test_ordering import cart


@pytest.fixture
def talk(database: Database) -> Talk:
    shop = Shop(database)
    sold_here(shop)
    return shop.talk()


def sent(**counts: str) -> Postback:
    params = {name.replace("_", "-"): count for name, count in counts.items()}
    words = "\n".join(f"{sku} × {count}" for sku, count in params.items())
    return Postback(words, "cart", params)


def test_every_article_of_it_is_put_in_as_often_as_it_says(talk: Talk) -> None:
    answer = talk.say(sent(sacoche_0="2", tote_0="1"))
    assert answer.acts == ("add_to_cart",)
    assert cart(talk) == {"sacoche-0": 2, "tote-0": 1}


def test_what_is_sold_out_is_said_and_the_rest_is_put_in(talk: Talk) -> None:
    answer = talk.say(sent(sacoche_0="1", tote_1="1"))
    assert cart(talk) == {"sacoche-0": 1}
    assert any("黒はただいま売り切れ" in text for text in texts(answer))


def test_what_is_not_sold_here_is_said_and_the_rest_is_put_in(talk: Talk) -> None:
    answer = talk.say(sent(sacoche_0="1", XYZZY_9="1"))
    assert cart(talk) == {"sacoche-0": 1}
    assert any("XYZZY-9" in text for text in texts(answer))


@pytest.mark.parametrize("count", ["many", "-1", "0", "9" * 40])
def test_a_count_that_is_none_is_one(talk: Talk, count: str) -> None:
    talk.say(sent(sacoche_0=count))
    assert cart(talk) == {"sacoche-0": 1}


def test_a_cart_of_nothing_we_know_is_read_as_words(talk: Talk) -> None:
    talk.say(sent(XYZZY_9="1"))
    talk.say(Postback("?", "cart"))
    assert cart(talk) == {}
