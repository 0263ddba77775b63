"""Courtesies, pictures and laughter around what is wanted change nothing about what is done."""

import pytest

from kaiwa.catalog.product import ProductText
from kaiwa.engines.db import Database
from tests.bot.skills.aftersale import AfterSale
from tests.bot.skills.shop import Shop, Sold, Talk, sold_here
from tests.bot.skills.test_ordering import cart


@pytest.fixture
def talk(database: Database) -> Talk:
    shop = Shop(database)
    sold_here(shop)
    return shop.talk()


@pytest.mark.parametrize(
    "yes", ["はい🙏", "はいｗ", "えっと、はい", "はい、お願いします(^^)", "うん、それでOK✨"]
)
def test_a_yes_with_a_smile_is_a_yes(place: AfterSale, yes: str) -> None:
    order = place.bought("TEA")
    talk = place.member()
    talk.say(f"注文{order.number}をキャンセルしたい")
    assert talk.say(yes).acts == ("affirm", "cancel_order")
    assert place.order(order).state == "cancelled"


@pytest.mark.parametrize(
    ("yes", "acts"),
    [
        ("Yes that's right thx", ("affirm", "cancel_order")),
        ("yes please 🙏", ("affirm", "cancel_order")),
        ("hi there, yes", ("greet", "affirm", "cancel_order")),
    ],
)
def test_a_yes_with_thanks_is_a_yes(place: AfterSale, yes: str, acts: tuple[str, ...]) -> None:
    order = place.bought("TEA")
    talk = place.guest("en")
    talk.say(f"please cancel my order {order.number}")
    talk.say("hanako@example.com, thanks")
    assert set(acts) <= set(talk.say(yes).acts)
    assert place.order(order).state == "cancelled"


@pytest.mark.parametrize(
    "no", ["やっぱりいいです🙇", "no thanks", "いいえw", "no, leave it please"]
)
def test_a_no_with_a_smile_is_a_no(place: AfterSale, no: str) -> None:
    order = place.bought("TEA")
    talk = place.guest("en") if no.isascii() else place.member()
    talk.say(f"cancel order {order.number}" if no.isascii() else f"{order.number}を取り消したい")
    if no.isascii():
        talk.say("hanako@example.com")
    talk.say(no)
    assert place.order(order) == order


def test_a_greeting_before_a_wish_is_answered_and_the_wish_done(talk: Talk) -> None:
    talk = Talk(talk.shop, talk.who, "en")
    talk.say("do you have a canvas tote?")
    assert talk.say("hi there, one in white please").acts == ("greet", "add_to_cart")
    assert list(cart(talk).values()) == [1]


def test_a_number_with_please_is_the_number(place: AfterSale) -> None:
    order = place.bought("TEA")
    talk = place.guest("en")
    talk.say("where is my order?")
    assert talk.say(f"{order.number} please").asks_for == ("email",)


@pytest.mark.parametrize(
    ("said", "act"),
    [("いつもありがとうございます", "thanks"), ("ok thanks", "thanks"), ("good morning!", "greet")],
)
def test_nothing_but_a_courtesy_is_one(talk: Talk, said: str, act: str) -> None:
    talk = Talk(talk.shop, talk.who, "en") if said.isascii() else talk
    assert talk.say(said).acts == (act,)


@pytest.mark.parametrize("said", ["2つのちがい教えてほしいです", "tell me the difference"])
def test_wanting_to_be_told_is_no_alert(talk: Talk, said: str) -> None:
    talk = Talk(talk.shop, talk.who, "en") if said.isascii() else talk
    talk.say("electric kettle" if said.isascii() else "電気ケトル")
    assert "restock_alert" not in talk.say(said).acts
    assert list(talk.shop.db.read_now(lambda s: s.all("SELECT id FROM alert"))) == []


def test_what_spaces_part_is_one_list(talk: Talk) -> None:
    talk.say("キャンバストートの白を1つ サコッシュを2つください")
    assert sorted(cart(talk).values()) == [1, 2]


@pytest.mark.parametrize("said", ["hello cat mug please", "hello, the hello cat mug please"])
def test_a_name_that_begins_like_a_greeting_is_a_name(talk: Talk, said: str) -> None:
    talk.shop.sells(ProductText("mug", "Hello Cat mug", category="Mugs"), Sold(price=1_200))
    assert Talk(talk.shop, talk.who, "en").say(said).products == ("mug",)
