"""What is told apart by one word, what goes along with it, and what a moment's thought changes."""

import pytest

from kaiwa.engines.db import Database
from tests.bot.skills.shop import Shop, Talk, sold_here
from tests.bot.skills.test_ordering import cart


@pytest.fixture
def talk(database: Database) -> Talk:
    shop = Shop(database)
    sold_here(shop)
    return shop.talk()


def test_both_with_an_option_of_one(talk: Talk) -> None:
    talk.say("トートとサコッシュを見せて")
    talk.say("トートは青で、両方ください")
    assert cart(talk) == {"tote-2": 1, "sacoche-0": 1}


def test_something_else_that_goes_along_is_no_more_of_the_same(talk: Talk) -> None:
    talk.say("サコッシュ「こまどり」を1つカートに入れて")
    talk.say("雪平鍋も一緒に入れて")
    assert cart(talk) == {"sacoche-0": 1}


@pytest.mark.parametrize("text", ["1個、いや3個ください", "2つじゃなくて3つください"])
def test_the_number_said_last_is_meant(talk: Talk, text: str) -> None:
    talk.say("サコッシュ「こまどり」を見せて")
    talk.say(text)
    assert cart(talk) == {"sacoche-0": 3}


def test_to_wish_to_buy_what_is_in_the_cart_is_to_pay(talk: Talk) -> None:
    talk.say("サコッシュ「こまどり」をカートに入れて")
    assert talk.say("購入したいです").acts == ("checkout",)
    assert cart(talk) == {"sacoche-0": 1}


@pytest.mark.parametrize("text", ["色違いはありますか", "どんな色があるの？", "any other colours?"])
def test_other_options_are_asked_of_the_one_spoken_of(talk: Talk, text: str) -> None:
    talk.say("トート「さざなみ」を見せて")
    assert talk.say(text).acts == ("product_question",)


def test_a_farewell_takes_nothing_out_of_an_empty_cart(talk: Talk) -> None:
    assert talk.say("両方やめます。さようなら").acts == ("goodbye",)


def test_who_asks_who_is_speaking_asks_for_nobody(talk: Talk) -> None:
    answer = talk.say("あなたはAIですか？それとも店員さん？")
    assert answer.acts == ("about_bot",)
    assert answer.handoff is None
