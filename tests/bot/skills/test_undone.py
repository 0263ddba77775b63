"""The last change of the cart is taken back, and taking back can be taken back too."""

import pytest

from kaiwa.engines.db import Database
from tests.bot.skills.shop import Shop, Talk, sold_here
from tests.bot.skills.test_ordering import cart


@pytest.fixture
def talk(database: Database) -> Talk:
    shop = Shop(database)
    sold_here(shop)
    return shop.talk()


@pytest.mark.parametrize("undo", ["元に戻して", "今のなし", "さっきの変更は取消", "undo that"])
def test_a_number_is_as_it_was(talk: Talk, undo: str) -> None:
    talk.say("サコッシュ「こまどり」を2つカートに入れて")
    talk.say("5個に変えて")
    assert cart(talk) == {"sacoche-0": 5}
    assert talk.say(undo).acts == ("change_quantity",)
    assert cart(talk) == {"sacoche-0": 2}
    talk.say(undo)
    assert cart(talk) == {"sacoche-0": 5}


def test_what_was_put_in_goes_out_and_comes_back(talk: Talk) -> None:
    talk.say("サコッシュ「こまどり」を2つカートに入れて")
    assert talk.say("やっぱり元に戻して").acts == ("remove_from_cart",)
    assert cart(talk) == {}
    assert talk.say("待って、戻して").acts == ("add_to_cart",)
    assert cart(talk) == {"sacoche-0": 2}


def test_with_nothing_changed_there_is_nothing_to_take_back(talk: Talk) -> None:
    talk.say("サコッシュ「こまどり」を見せて")
    talk.say("undo that")
    assert cart(talk) == {}


def test_who_is_about_to_pay_takes_nothing_back_by_a_word(talk: Talk) -> None:
    talk.say("サコッシュ「こまどり」を2つカートに入れて")
    talk.say("レジに進みます")
    talk.say("今のなし")
    assert cart(talk) == {"sacoche-0": 2}


def test_what_is_still_asked_about_does_not_go_in(talk: Talk) -> None:
    assert talk.say("帆布トート「ふなで」を入れて").asks_for == ("colour",)
    answer = talk.say("undo that")
    assert (answer.acts, answer.asks_for) == (("decline",), ())
    assert cart(talk) == {}
