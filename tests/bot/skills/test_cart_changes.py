"""Several things said of the cart at once, what is only looked at, and what goes beside it."""

import pytest

from kaiwa.catalog.product import ProductText
from kaiwa.engines.db import Database
from tests.bot.skills.shop import Shop, Sold, Talk, sold_here
from tests.bot.skills.test_ordering import cart

ART_CART = ProductText("art-cart", "Rolling Art Cart", "Three trays on wheels.", language="en")


@pytest.fixture
def talk(database: Database) -> Talk:
    shop = Shop(database)
    sold_here(shop)
    return shop.talk()


@pytest.fixture
def filled(talk: Talk) -> Talk:
    talk.say("帆布トートの白を2つとサコッシュ「こまどり」を1つカートに入れて")
    assert cart(talk) == {"tote-0": 2, "sacoche-0": 1}
    return talk


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("サコッシュは家にあったのでいらないです", {"tote-0": 2}),
        ("やっぱりサコッシュはなしで", {"tote-0": 2}),
        ("forget the sacoche, we have one", {"tote-0": 2}),
        ("サコッシュをやめて細口ケトルにします", {"tote-0": 2, "kettle-0": 1}),
        ("サコッシュじゃなくて細口ケトルを1つ", {"tote-0": 2, "kettle-0": 1}),
        ("swap the sacoche for the kettle しずく", {"tote-0": 2, "kettle-0": 1}),
        ("トートを1つにして、サコッシュは消してください", {"tote-0": 1}),
        ("トートはそのままで、サコッシュを3つに", {"tote-0": 2, "sacoche-0": 3}),
        (
            "トートの白を1つにして、トートの青を1つ足して",
            {"tote-0": 1, "tote-2": 1, "sacoche-0": 1},
        ),
    ],
)
def test_each_piece_changes_its_own_article(filled: Talk, text: str, left: dict[str, int]) -> None:
    filled.say(text)
    assert cart(filled) == left


@pytest.mark.parametrize("text", ["サコッシュはやめたほうがいいですか？", "袋はいらないです"])
def test_a_question_or_another_thing_takes_nothing_out(filled: Talk, text: str) -> None:
    filled.say(text)
    assert cart(filled) == {"tote-0": 2, "sacoche-0": 1}


def test_all_of_one_colour_is_not_all_of_the_cart(talk: Talk) -> None:
    talk.say("帆布トートの白を2つカートに入れて")
    talk.say("帆布トートの青も1つ")
    talk.say("白は全部やめます")
    assert cart(talk) == {"tote-2": 1}


def test_what_was_dropped_may_be_paid_for_no_more(filled: Talk) -> None:
    answer = filled.say("サコッシュやめて会計お願いします")
    assert answer.acts == ("remove_from_cart", "checkout")
    assert cart(filled) == {"tote-0": 2}


@pytest.mark.parametrize("text", ["トートを買いたいんですけど", "I want to buy my first tote"])
def test_who_would_like_to_buy_one_is_shown_it(talk: Talk, text: str) -> None:
    answer = talk.say(text)
    assert answer.acts == ("find_product",)
    assert answer.products[0] == "tote"
    assert cart(talk) == {}


@pytest.mark.parametrize("text", ["一緒に買うといいものある？", "anything else I need with it?"])
def test_what_else_there_is_is_advised(filled: Talk, text: str) -> None:
    assert filled.say(text).acts == ("recommend",)


def test_a_stock_answer_shows_what_was_not_seen_yet(talk: Talk) -> None:
    assert talk.say("細口ケトルってまだある？").products == ("kettle",)
    assert talk.say("ケトルはまだありますか").products == ()


def test_the_cart_is_the_shoppers_own_whatever_is_sold(database: Database) -> None:
    shop = Shop(database)
    sold_here(shop)
    shop.sells(ART_CART, Sold(price=7_900))
    assert shop.talk().say("show cart").acts == ("view_cart",)
