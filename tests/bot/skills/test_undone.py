"""The last change of the cart is taken back, and taking back can be taken back too."""

import pytest

from kaiwa.engines.db import Database
from tests.bot.skills.shop import Shop, Talk, sold_here, texts
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


def test_a_number_with_a_verb_names_no_other_thing(talk: Talk) -> None:
    talk.say("サコッシュ「こまどり」を2つカートに入れて")
    assert talk.say("3個に変えて").acts == ("change_quantity",)
    assert cart(talk) == {"sacoche-0": 3}


@pytest.mark.parametrize("said", ["add a lantern", "ランタンを入れて", "ランタンも1つお願い"])
def test_what_is_not_sold_here_puts_in_no_more_of_the_last(talk: Talk, said: str) -> None:
    talk.say("サコッシュ「こまどり」を1つカートに入れて")
    answer = talk.say(said)
    assert any("ランタン" in one or "lantern" in one for one in texts(answer))
    assert cart(talk) == {"sacoche-0": 1}


@pytest.mark.parametrize("said", ["安いほう", "一番安いの", "最初のやつで", "the cheaper one"])
def test_which_one_is_answered_by_its_price_or_its_place(talk: Talk, said: str) -> None:
    assert talk.say("ケトルを入れて").asks_for == ("choice",)
    offered = {one.title: one.id for one in talk.state.shown}
    assert len(offered) == 2
    talk.say(said)
    assert cart(talk) == {"kettle-0": 1}
