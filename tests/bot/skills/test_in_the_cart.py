"""What a number, a colour or a way to pay says of what was just put in the cart."""

import pytest

from kaiwa.catalog.product import ProductText
from kaiwa.engines.db import Database
from tests.bot.skills.shop import Shop, Sold, Talk, sold_here, texts
from tests.bot.skills.test_ordering import cart


@pytest.fixture
def talk(database: Database) -> Talk:
    shop = Shop(database)
    sold_here(shop)
    return shop.talk()


@pytest.mark.parametrize(
    ("text", "left"),
    [("一個で十分です", 1), ("やっぱり3個にして", 3), ("one is enough", 1), ("make it four", 4)],
)
def test_a_number_alone_changes_the_number(talk: Talk, text: str, left: int) -> None:
    talk.say("サコッシュ「こまどり」を2個カートに入れて")
    assert talk.say(text).acts == ("change_quantity",)
    assert cart(talk) == {"sacoche-0": left}


@pytest.mark.parametrize("text", ["もう1個", "あと一つ追加で"])
def test_one_more_is_added(talk: Talk, text: str) -> None:
    talk.say("サコッシュ「こまどり」を2個カートに入れて")
    talk.say(text)
    assert cart(talk) == {"sacoche-0": 3}


@pytest.mark.parametrize("text", ["じゃあ買う", "続きお願いします", "ok continue"])
def test_to_buy_with_something_in_the_cart_is_to_pay(talk: Talk, text: str) -> None:
    talk.say("サコッシュ「こまどり」をカートに入れて")
    assert talk.say(text).acts == ("checkout",)
    assert cart(talk) == {"sacoche-0": 1}


def test_what_the_page_does_not_tell_is_not_known_but_the_page_is_told(talk: Talk) -> None:
    talk.say("サコッシュ「こまどり」を見せて")
    answer = talk.say("これは何人の職人が作っていますか")
    assert (answer.answered, answer.misunderstood, answer.handoff) == (False, False, None)
    assert answer.products == ("sacoche",)
    assert "ナイロン" in " ".join(texts(answer))


@pytest.mark.parametrize("text", ["double it", "倍にしてください"])
def test_twice_as_many(talk: Talk, text: str) -> None:
    talk.say("サコッシュ「こまどり」を2個カートに入れて")
    assert talk.say(text).acts == ("change_quantity",)
    assert cart(talk) == {"sacoche-0": 4}


@pytest.mark.parametrize(
    "text", ["would you do 1000 yen for it?", "値引きしてもらえませんか", "give me 20% off"]
)
def test_bargaining_puts_nothing_in(talk: Talk, text: str) -> None:
    talk.say("サコッシュ「こまどり」を見せて")
    assert talk.say(text).acts == ("faq",)
    assert cart(talk) == {}


@pytest.mark.parametrize("text", ["会計お願いします", "check out please"])
def test_who_pays_before_the_colour_was_told_is_asked_for_it_again(talk: Talk, text: str) -> None:
    assert talk.say("帆布トートをカートに入れて").asks_for == ("colour",)
    answer = talk.say(text)
    assert (answer.acts, answer.asks_for) == (("checkout",), ("colour",))
    assert cart(talk) == {}
    talk.say("白")
    assert cart(talk) == {"tote-0": 1}


def test_a_word_of_the_name_does_not_double_the_number(database: Database) -> None:
    shop = Shop(database)
    shop.sells(
        ProductText("mug", "Double wall mug", "Keeps tea hot.", language="en"), Sold({}, 2_000, 9)
    )
    talk = shop.talk("en")
    talk.say("add 2 double wall mugs")
    answer = talk.say("change the number of double wall mugs")
    assert cart(talk) == {"mug-0": 2}
    assert answer.asks_for == ("quantity",)
    talk.say("double it")
    assert cart(talk) == {"mug-0": 4}
