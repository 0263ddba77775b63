"""A text that only points: the other one, both, the one before."""

import pytest

from kaiwa.engines.db import Database
from tests.bot.skills.shop import Shop, Talk, sold_here, texts
from tests.bot.skills.test_ordering import cart


@pytest.fixture
def shop(database: Database) -> Shop:
    shop = Shop(database)
    sold_here(shop)
    return shop


@pytest.mark.parametrize("said", ["もう一つの方も", "and the other one", "the other one too"])
def test_the_other_of_two_is_put_in_after_the_first(shop: Shop, said: str) -> None:
    talk = shop.talk()
    talk.say("かばんを見せて")
    assert len(talk.state.shown) == 2
    talk.say("サコッシュ「こまどり」を入れて")
    assert talk.say(said).asks_for == ("colour",)
    talk.say("白")
    assert cart(talk) == {"sacoche-0": 1, "tote-0": 1}


@pytest.mark.parametrize("said", ["さっきのは？", "前のやつ", "the one before that"])
def test_the_one_before_is_shown_again(shop: Shop, said: str) -> None:
    talk = shop.talk()
    talk.say("サコッシュ「こまどり」を見せて")
    talk.say("細口ケトル「しずく」を見せて")
    answer = talk.say(said)
    assert answer.acts == ("product_question",)
    assert talk.state.focus == (next(i.id for i in _seen(talk) if "こまどり" in i.title),)
    assert cart(talk) == {}


@pytest.mark.parametrize("said", ["両方ください", "both please"])
def test_both_are_the_two_spoken_of(shop: Shop, said: str) -> None:
    talk = shop.talk()
    talk.say("サコッシュ「こまどり」を見せて")
    talk.say("細口ケトル「しずく」を見せて")
    talk.say(said)
    assert cart(talk) == {"sacoche-0": 1, "kettle-0": 1}


def test_what_is_in_already_is_not_the_other_one(shop: Shop) -> None:
    talk = shop.talk()
    talk.say("サコッシュ「こまどり」をカートに入れて")
    talk.say("細口ケトル「しずく」をカートに入れて")
    answer = talk.say("もう一方も")
    assert cart(talk) == {"sacoche-0": 1, "kettle-0": 1}
    assert answer.asks_for == ("choice",)


def test_a_thing_named_beside_is_looked_at_before_it_is_put_in(shop: Shop) -> None:
    talk = shop.talk("en")
    talk.say("show me the Funade canvas tote")
    answer = talk.say("and サコッシュ「こまどり」")
    assert cart(talk) == {}
    assert "こまどり" in " ".join(texts(answer))


def _seen(talk: Talk) -> list:
    return [one for showing in talk.state.showings for one in showing.products]
