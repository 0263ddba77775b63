"""Recommending: what can be had, for a wish, beside a product, and never what is in the cart."""

import pytest

from kaiwa.engines.db import Database
from tests.bot.skills.shop import Shop, Talk, sold_here, texts


@pytest.fixture
def talk(database: Database) -> Talk:
    shop = Shop(database)
    sold_here(shop)
    return shop.talk()


def test_what_is_sold_out_is_not_recommended(talk: Talk) -> None:
    answer = talk.say("おすすめを教えてください")
    assert answer.acts == ("recommend",)
    assert "electric-kettle" not in answer.products
    assert len(answer.products) == 3


def test_a_budget_bounds_it(talk: Talk) -> None:
    answer = talk.say("5000円以下でおすすめを教えてください")
    assert answer.products == ("sacoche",)


def test_what_is_in_the_cart_is_not_recommended(talk: Talk) -> None:
    talk.say("こまどりをカートに入れてください")
    assert "sacoche" not in talk.say("おすすめを教えてください").products


def test_like_this_is_beside_what_is_spoken_of(talk: Talk) -> None:
    talk.say("ふなでの素材は？")
    answer = talk.say("似た商品のおすすめはありますか")
    assert "tote" not in answer.products
    assert texts(answer)[0] == "似たものでは、こちらがございます。"
