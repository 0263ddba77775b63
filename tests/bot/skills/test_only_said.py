"""What is only said beside a wish, or sounds like one, does nothing; what it asks is answered."""

import pytest

from kaiwa.engines.db import Database
from tests.bot.skills.aftersale import AfterSale
from tests.bot.skills.shop import Shop, Talk, sold_here
from tests.bot.skills.test_ordering import cart


@pytest.fixture
def talk(database: Database) -> Talk:
    shop = Shop(database)
    sold_here(shop)
    return shop.talk("en")


@pytest.fixture
def filled(talk: Talk) -> Talk:
    talk.say("one canvas tote in white, please add it to my cart")
    assert cart(talk) == {"tote-0": 1}
    return talk


def test_a_reason_to_take_it_out_looks_for_nothing(filled: Talk) -> None:
    answer = filled.say("nah too pricey. take it back out")
    assert (answer.acts, answer.products) == (("remove_from_cart",), ())
    assert cart(filled) == {}


def test_whether_there_is_another_colour_changes_nothing(filled: Talk) -> None:
    assert filled.say("wait do u have blue").acts == ("product_question",)
    assert cart(filled) == {"tote-0": 1}


def test_what_was_put_in_is_not_put_in_twice_by_a_yes(filled: Talk) -> None:
    assert "add_to_cart" not in filled.say("Yes, that one. Show me my basket").acts
    assert cart(filled) == {"tote-0": 1}


def test_keeping_it_puts_it_on_no_list(filled: Talk) -> None:
    assert "wishlist_add" not in filled.say("ugh. ok whatever, keep it, just show the total").acts
    assert cart(filled) == {"tote-0": 1}


def test_what_is_taken_out_of_no_cart_is_asked_about(talk: Talk) -> None:
    talk.say("do you have the canvas tote")
    assert "remove_from_cart" not in talk.say("how do they take the dye out of it").acts
    assert talk.say("Thank you, that was very clear.").acts == ("thanks",)


@pytest.mark.parametrize("said", ["What is the sum now?", "so what does it all come to"])
def test_the_sum_is_the_carts(filled: Talk, said: str) -> None:
    assert filled.say(said).acts == ("view_cart",)


def test_the_sum_is_the_carts_in_japanese_too(database: Database) -> None:
    shop = Shop(database)
    sold_here(shop)
    talk = shop.talk()
    talk.say("サコッシュ「こまどり」を1つカートに入れて")
    assert talk.say("全部でいくらになりますか").acts == ("view_cart",)


def test_the_two_spoken_of_last_are_compared(talk: Talk) -> None:
    talk.say("show me サコッシュ「こまどり」")
    talk.say("show me 細口ケトル「しずく」")
    answer = talk.say("whats the difference between those two")
    assert set(answer.products) == {"sacoche", "kettle"}


@pytest.mark.parametrize(
    ("said", "act"),
    [
        ("has it left the house already?", "order_status"),
        ("tell me when the parcel comes", "order_status"),
        ("can I still stop it", "cancel_order"),
    ],
)
def test_of_an_order_that_is_spoken_of(place: AfterSale, said: str, act: str) -> None:
    order = place.bought("TEA")
    talk = place.member()
    talk.say(f"where is order {order.number}")
    assert talk.say(said).acts == (act,)
    assert place.order(order) == order


def test_one_more_in_the_same_box_is_the_orders(place: AfterSale) -> None:
    order = place.bought("TEA")
    talk = place.member()
    talk.say(f"where is order {order.number}")
    answer = talk.say("then may I add one more Article TEA to the same box?")
    assert "add_to_cart" not in answer.acts
    assert place.order(order) == order


def test_what_was_bought_and_may_go_back_is_a_return(place: AfterSale) -> None:
    order = place.bought("TEA")
    place.sent(order, arrived=True)
    answer = place.member().say("the tea I got is too bitter for me, can it go back?")
    assert answer.acts == ("return_request",)
    assert place.order(order).state == "delivered"
