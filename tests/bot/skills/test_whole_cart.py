"""The cart as a whole: counted anew, given up, and what "it" is when it was put in by its name."""

import pytest

from kaiwa.engines.db import Database
from tests.bot.skills.shop import Shop, Sold, texts
from tests.bot.skills.test_ordering import BEANS, CAKE, SHIRT, after, cart


@pytest.fixture
def shop(database: Database) -> Shop:
    shop = Shop(database)
    shop.sells(BEANS, Sold({"挽き方": "豆"}, 1_500, 9), Sold({"挽き方": "粉"}, 1_500, 9))
    shop.sells(CAKE, Sold(price=1_800, stock=9))
    shop.sells(SHIRT, Sold({"色": "白", "サイズ": "M"}, 7_000), Sold({"色": "藍墨", "サイズ": "M"}))
    return shop


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("全部ひとつずつ増やして", 2),
        ("全部3つずつにして", 3),
        ("one more of each", 2),
        ("make it 3 of everything", 3),
    ],
)
def test_every_line_is_counted_anew(shop: Shop, said: str, count: int) -> None:
    assert after(shop, "カステラと珈琲の粉を一つずつ", said) == {"cake-0": count, "beans-1": count}


@pytest.mark.parametrize(
    "said",
    [
        "empty the cart pls gonna ask my roommate first",
        "clear my whole basket, I'll come back later",
        "あーもう全部リセットして",
        "一回かごの中身を空にしてください、家族に聞きます",
    ],
)
def test_the_whole_cart_is_given_up(shop: Shop, said: str) -> None:
    assert after(shop, "カステラと珈琲の粉を一つずつ", said) == {}


def test_all_of_one_thing_is_not_all_of_the_cart(shop: Shop) -> None:
    assert after(shop, "カステラと珈琲の粉を一つずつ", "カステラは全部やめる") == {"beans-1": 1}


def test_two_of_what_was_just_put_in_make_two(shop: Shop) -> None:
    said = ("add the yoake coffee, ground, to my cart", "two of the ground")
    assert after(shop, *said, english=True) == {"beans-1": 2}
    said = ("add the yoake coffee, ground, to my cart", "and add two of the ground")
    assert after(shop, *said, english=True) == {"beans-1": 3}


def test_it_is_what_was_put_in_by_its_name(shop: Shop) -> None:
    talk = shop.talk("en")
    talk.say("show me the tasogare castella")
    talk.say("add it to my cart")
    talk.say("now put the white nagisa shirt in M in too")
    talk.say("hmm she won't like it. take that out")
    assert cart(talk) == {"cake-0": 1}


def test_what_is_put_in_and_then_paid_is_put_in_first(shop: Shop) -> None:
    talk = shop.talk()
    talk.say("カステラを1つください")
    answer = talk.say("珈琲の粉も1つ、それで注文します")
    assert answer.acts == ("add_to_cart", "checkout")
    assert cart(talk) == {"cake-0": 1, "beans-1": 1}


@pytest.mark.parametrize(
    "said",
    [
        "with the 500 for mailing thats 2300 right",
        "so 1,800 in total?",
        "what would I pay now before shipping",
        "送料の500円を足すと2,300円ですよね",
        "再計算",
    ],
)
def test_a_sum_said_aloud_is_shown(shop: Shop, said: str) -> None:
    talk = shop.talk()
    talk.say("カステラを1つください")
    answer = talk.say(said)
    assert answer.acts == ("view_cart",)
    assert "1,800" in texts(answer)[0]
    assert cart(talk) == {"cake-0": 1}


def test_a_number_that_is_no_sum_is_none(shop: Shop) -> None:
    talk = shop.talk("en")
    talk.say("add the tasogare castella to my cart")
    assert talk.say("it weighs 300, right?").acts != ("view_cart",)
    assert cart(talk) == {"cake-0": 1}
