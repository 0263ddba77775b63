"""Every change of an order is shown first, and happens after a yes to just that."""

from datetime import date

import pytest

from kaiwa.orders.order import Order
from kaiwa.orders.return_request import ReturnRequest, returns_of
from kaiwa.orders.terms import Terms, set_terms
from tests.bot.skills.aftersale import TRACKING, AfterSale, wallet

ADDRESS = "〒104-0061 東京都中央区銀座7-8-9"


def returns(place: AfterSale, order: Order) -> list[ReturnRequest]:
    return place.db.read_now(lambda s: returns_of(s, place.shop.merchant_id, order.id))


def test_the_status_tells_articles_total_and_parcel(place: AfterSale) -> None:
    order = place.bought("TEA")
    place.sent(order)
    assert place.member().reads(f"注文{order.number}はどこですか") == (
        f"ご注文 {order.number}（11月20日（金））は「発送済み」です。\n"
        "・Article TEA ×1\n"
        "合計 ¥1,650\n"
        "11月20日（金）に発送しました。\n"
        f"追跡番号 {TRACKING}"
    )


def test_what_is_still_to_be_paid_is_told_with_where_to(place: AfterSale) -> None:
    order = place.bought("TEA", method="bank")
    words = place.member().reads(f"注文{order.number}の状況を教えて")
    assert "お支払いをお待ちしています：¥1,650" in words
    assert "銀行：みずほ" in words


def test_cancelling_shows_what_goes_back_and_waits_for_the_yes(place: AfterSale) -> None:
    order = place.bought("TEA")
    talk = place.member()
    shown = talk.reads(f"注文{order.number}をキャンセルしたい")
    assert (
        f"ご注文 {order.number}（合計 ¥1,650）をすべてキャンセルします。よろしいですか。\n"
        "¥1,650を、お支払いに使われた方法へお返しします。"
    ) in shown
    assert place.order(order) == order
    assert talk.say("はい、キャンセルしてください").order == order.number
    assert place.order(order).state == "cancelled"
    assert "すでにキャンセルされています" in talk.reads(f"注文{order.number}をキャンセルして")


def test_a_no_leaves_everything(place: AfterSale) -> None:
    order = place.bought("TEA")
    talk = place.member()
    talk.say(f"注文{order.number}をキャンセルしたい")
    assert talk.say("いえ、やっぱり大丈夫です").acts == ("decline",)
    talk.say("はい")
    assert place.order(order) == order


def test_a_yes_after_it_was_sent_changes_nothing(place: AfterSale) -> None:
    order = place.bought("TEA")
    talk = place.member()
    talk.say(f"注文{order.number}をキャンセルしたい")
    place.sent(order)
    words = talk.reads("はい")
    assert "すでに発送済み" in words
    assert TRACKING in words
    assert place.order(order).cancelled_at is None


def test_the_shops_own_reasons_are_asked_for(place: AfterSale) -> None:
    terms = Terms(cancel_reasons=("no longer needed", "ordered by mistake"))
    place.db.write_now(lambda s: set_terms(s, place.shop.merchant_id, terms))
    order = place.bought("TEA")
    talk = place.member()
    assert talk.say(f"注文{order.number}をキャンセルしたい").asks_for == ("reason",)
    assert talk.say("間違えて頼んでしまったので").asks_for == ("confirmation",)
    talk.say("はい")
    assert place.order(order).state == "cancelled"


def test_an_address_may_be_mended_before_the_yes(place: AfterSale) -> None:
    order = place.bought("TEA")
    talk = place.member()
    assert talk.say(f"{order.number}の届け先を変えたい").asks_for == ("address",)
    assert "〒104-0061 東京都中央区銀座7-8-9" in talk.reads(ADDRESS)
    assert "〒104-0061 東京都中央区銀座3-3-1" in talk.reads("待って、3-3-1だった")
    assert place.order(order) == order
    talk.say("それで合ってます")
    moved = place.order(order).body.address
    assert moved is not None
    assert (moved.one_line(), moved.name) == ("〒104-0061 東京都中央区銀座3-3-1", "山田花子")


def test_an_address_is_kept_as_it_is_written(place: AfterSale) -> None:
    order = place.bought("TEA")
    talk = place.member()
    assert talk.say(f"cn u chnage the adress of {order.number}").asks_for == ("address",)
    shown = talk.reads("7-8-9 Ginza, Chuo-ku, Tokyo 104-0061, wat oder bldg")
    assert "wat oder bldg" in shown


def test_only_what_is_missing_of_an_address_is_asked_for(place: AfterSale) -> None:
    order = place.bought("TEA")
    talk = place.member()
    talk.say(f"{order.number}の届け先を変えたい")
    asked = talk.reads("104-0061です")
    assert asked == "「東京都中央区」のつづき（町名・番地・建物名）を教えてください。"
    assert "〒104-0061 東京都中央区銀座7-8-9" in talk.reads("銀座7-8-9")


def test_day_and_slot_are_kept_within_what_the_carrier_takes(place: AfterSale) -> None:
    order = place.bought("TEA")
    talk = place.member()
    assert talk.say(f"注文{order.number}の配達日を変えたい").asks_for == ("day",)
    assert talk.say("12月31日").asks_for == ("day",)
    assert talk.say("11月28日の午前中").asks_for == ("confirmation",)
    talk.say("はい")
    wish = place.order(order).body.delivery
    assert (wish.day, wish.slot) == (date(2026, 11, 28), "am")


def test_a_return_asks_which_and_why_and_shows_what_goes_back(place: AfterSale) -> None:
    order = place.bought("TEA", "POT")
    place.sent(order, arrived=True)
    talk = place.member()
    assert talk.say(f"注文{order.number}を返品したい").asks_for == ("item",)
    assert talk.say("2. Article POT").asks_for == ("reason",)
    shown = talk.reads("思っていたものと違う")
    assert "・Article POT ×1" in shown
    assert "¥1,100を" in shown
    assert returns(place, order) == []
    talk.say("はい")
    (asked,) = returns(place, order)
    assert (asked.state, asked.reason, len(asked.lines)) == ("requested", "思っていたものと違う", 1)


def test_a_return_that_comes_too_late_is_told_before_anything_is_asked(place: AfterSale) -> None:
    order = place.bought("TEA")
    place.sent(order, arrived=True)
    place.till.wait(9 * 86_400)
    words = place.member().reads(f"注文{order.number}を返品したい")
    assert "8日の返品期限を過ぎている" in words
    assert returns(place, order) == []


def test_an_exchange_names_the_new_one_and_the_difference(place: AfterSale) -> None:
    hanako = wallet(place)
    sizes = hanako.shirt({"S": 1_000, "L": 1_500})
    hanako.save()
    order = hanako.buys((sizes["S"], 1))
    place.sent(order, arrived=True)
    talk = place.member(customer_id=hanako.customer_id)
    talk.say(f"注文{order.number}のshirtをLサイズに交換したい")
    shown = talk.reads("Visaで")
    assert "Shirt S → L ¥1,500" in shown
    assert "差額¥500はVisaでのお支払いです。" in shown
    talk.say("はい")
    (asked,) = returns(place, order)
    assert [one.variant_id for one in asked.wants] == [sizes["L"]]


@pytest.mark.parametrize("words", ["置き配にしてほしい", "玄関前に置いてください"])
def test_what_the_shop_has_no_setting_for_goes_to_a_person(place: AfterSale, words: str) -> None:
    order = place.bought("TEA")
    answer = place.member().say(f"注文{order.number}の配達、{words}")
    assert answer.handoff is not None
    assert answer.handoff.reason == "policy"
    assert f"ご注文：{order.number}（発送準備中）" in answer.handoff.summary


def test_an_english_guest_is_served_in_english_from_number_to_yes(place: AfterSale) -> None:
    order = place.bought("TEA")
    talk = place.guest("en")
    talk.say(f"please cancel my order {order.number}")
    shown = talk.reads("hanako@example.com")
    assert f"I'll cancel all of order {order.number} (total ¥1,650). Shall I?" in shown
    talk.say("yes please")
    assert place.order(order).state == "cancelled"
