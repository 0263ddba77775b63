"""Replacing, exchanging, paying another way: every yen is somewhere, and nobody else's moves."""

import pytest
from msgspec.structs import replace

from kaiwa.engines.db import Database, Session
from kaiwa.orders.address import PostalAddress
from kaiwa.orders.adjustment import adjustments
from kaiwa.orders.cancellation import CancelOrder, cancel_order
from kaiwa.orders.changing_payment import ChangePayment, PayRest, change_payment, pay_rest
from kaiwa.orders.coupon import CouponRule, put_coupon
from kaiwa.orders.default_address import SetDefaultAddress, default_address, set_default_address
from kaiwa.orders.exchange import AskExchange, ask_exchange
from kaiwa.orders.order import Order
from kaiwa.orders.payment import payments_of
from kaiwa.orders.refund import refunds_of
from kaiwa.orders.replacing import ReplaceItems, replace_items
from kaiwa.orders.return_request import (
    AskReturn,
    DecideReturn,
    ask_return,
    decide_return,
    returns_of,
)
from kaiwa.orders.saved_method import SaveMethod, forget_method, save_method, saved_methods
from kaiwa.orders.shipment import ShipOrder, ship_order
from kaiwa.orders.terms import Terms, set_terms
from kaiwa.vocabulary.errors import Conflict, Invalid, KaiwaError, NotFound
from tests.orders.shop import Shop
from tests.orders.till import TOKYO, Till
from tests.orders.wallets import Wallet

SIZES = {"S": 1_000, "M": 1_000, "L": 1_500, "XL": 700}


@pytest.fixture
def wallet(database: Database) -> Wallet:
    return Wallet(Till(Shop(database)))


def settled(wallet: Wallet, order_id: int) -> Order:
    """The order after the queue has worked; its money adds up."""
    while wallet.till.work():
        pass
    found = wallet.till.order(order_id)
    changes = wallet.till.db.read_now(lambda s: adjustments(s, wallet.m, found))
    parts = [found.original_totals, *(one.totals for one in changes)]
    assert sum(one.total_minor for one in parts) == found.totals.total_minor
    assert found.paid_minor - found.refunded_minor == found.totals.total_minor
    return found


def counts(wallet: Wallet) -> list[object]:
    """Everything a refused command might have touched."""
    tables = (
        "payment", "refund", "adjustment", "order_event", "order_line", "return_request",
        "gift_card_entry", "stock_reservation", "job", "stock", "shop_order",
    )  # fmt: skip

    def rows(session: Session) -> list[object]:
        return [sorted(map(str, session.all(f"SELECT * FROM {table}"))) for table in tables]

    return wallet.till.db.read_now(rows)


def refused(wallet: Wallet, verb, request, kind: type[KaiwaError] = Conflict, **given) -> None:
    before = counts(wallet)
    with pytest.raises(kind):
        wallet.do(verb, request, **given)
    assert counts(wallet) == before


def test_a_dearer_size_waits_for_the_difference(wallet: Wallet) -> None:
    size, card = wallet.shirt(SIZES), wallet.save()
    bought = wallet.buys((size["S"], 2))
    part = f"v{size['S']}"
    changed = wallet.do(replace_items, ReplaceItems(bought.id, {part: size["L"]}, card.id))
    assert (changed.state, changed.totals.total_minor) == ("awaiting_payment", 3_550)
    assert [changed.left(line.part) for line in changed.lines] == [0, 2]
    refused(wallet, ship_order, ShipOrder(bought.id))
    refused(wallet, pay_rest, PayRest(bought.id, card.id))
    found = settled(wallet, bought.id)
    assert (found.state, found.paid_minor) == ("processing", 3_550)
    assert wallet.till.shop.stock(size["S"]) == (5, 0)
    assert wallet.till.shop.stock(size["L"]) == (3, 0)
    refused(wallet, replace_items, ReplaceItems(bought.id, {part: size["M"]}, card.id))


def test_a_cheaper_size_gives_back_to_what_paid_or_to_a_gift_card(wallet: Wallet) -> None:
    size, card = wallet.shirt(SIZES), wallet.save()
    gift = wallet.issue(1)
    saved = wallet.save(gift)
    one, two = wallet.buys((size["S"], 1)), wallet.buys((size["M"], 1))
    wallet.do(replace_items, ReplaceItems(one.id, {f"v{size['S']}": size["XL"]}, card.id))
    settled(wallet, one.id)
    assert list(wallet.till.moody.given_back.values()) == [300]
    wallet.do(replace_items, ReplaceItems(two.id, {f"v{size['M']}": size["XL"]}, saved.id))
    assert wallet.left(gift) == 301
    settled(wallet, two.id)
    assert list(wallet.till.moody.given_back.values()) == [300]


def test_what_a_coupon_took_off_goes_over_to_the_new_article(wallet: Wallet) -> None:
    size, card = wallet.shirt(SIZES), wallet.save()
    rule = CouponRule("TEN", "percent", percent_hundredths=1_000)
    wallet.till.db.write_now(lambda s: put_coupon(s, wallet.m, rule, wallet.till.shop.now))
    bought = wallet.buys((size["S"], 1), codes=("TEN",))
    assert bought.totals.total_minor == 900 + 550
    changed = wallet.do(
        replace_items, ReplaceItems(bought.id, {f"v{size['S']}": size["L"]}, card.id)
    )
    assert changed.totals.total_minor == 1_400 + 550
    settled(wallet, bought.id)


def test_what_cannot_be_replaced_is_refused_and_nothing_happens(wallet: Wallet) -> None:
    size = wallet.shirt(SIZES | {"XXL": 900})
    gone = size.pop("XXL")
    wallet.till.db.write_now(
        lambda s: s.run("UPDATE stock SET on_hand = 0 WHERE variant_id = :v", v=gone)
    )
    cup = wallet.till.shop.article("CUP")
    card, thin = wallet.save(), wallet.save(wallet.issue(499))
    stranger = Wallet(wallet.till, "Ren")
    theirs = stranger.save()
    bought = wallet.buys((size["S"], 1))
    part = f"v{size['S']}"
    for lines, saved, kind in (
        ({part: cup}, card.id, Invalid),
        ({part: size["S"]}, card.id, Invalid),
        ({part: 99_999}, card.id, Invalid),
        ({part: gone}, card.id, Conflict),
        ({"v0": size["M"]}, card.id, Conflict),
        ({}, card.id, Invalid),
        ({part: size["L"]}, thin.id, Conflict),
        ({part: size["L"]}, theirs.id, NotFound),
    ):
        refused(wallet, replace_items, ReplaceItems(bought.id, lines, saved), kind)
    request = ReplaceItems(bought.id, {part: size["M"]}, card.id)
    refused(wallet, replace_items, request, NotFound, principal=f"customer:{stranger.customer_id}")
    refused(wallet, ask_exchange, AskExchange(bought.id, {part: size["M"]}, card.id))
    wallet.do(cancel_order, CancelOrder(bought.id))
    refused(wallet, replace_items, request)


def test_an_exchange_moves_goods_and_money_when_the_old_one_is_back(wallet: Wallet) -> None:
    size = wallet.shirt(SIZES)
    gift = wallet.issue(800)
    saved = wallet.save(gift)
    bought = wallet.buys((size["S"], 1))
    wallet.arrives(bought)
    part = f"v{size['S']}"
    asked = wallet.do(ask_exchange, AskExchange(bought.id, {part: size["L"]}, saved.id))
    assert wallet.till.shop.stock(size["L"]) == (5, 1)
    assert (wallet.left(gift), wallet.till.order(bought.id).totals.total_minor) == (800, 1_550)
    refused(wallet, ask_exchange, AskExchange(bought.id, {part: size["M"]}, saved.id))
    refused(wallet, ask_return, AskReturn(bought.id, {part: 1}, "x"))
    for step in ("approved", "received"):
        wallet.do(decide_return, DecideReturn(asked.id, step))
    found = settled(wallet, bought.id)
    assert wallet.left(gift) == 300
    assert (found.state, found.totals.total_minor) == ("partly_shipped", 2_050)
    assert wallet.till.shop.stock(size["L"]) == (4, 0)
    assert wallet.till.shop.stock(size["S"]) == (5, 0)
    wallet.arrives(bought)
    assert wallet.till.order(bought.id).state == "delivered"


def test_an_exchange_that_is_not_made_lets_go_of_what_was_wanted(wallet: Wallet) -> None:
    size, card = wallet.shirt(SIZES), wallet.save()
    bought = wallet.buys((size["S"], 1))
    wallet.arrives(bought)
    request = AskExchange(bought.id, {f"v{size['S']}": size["M"]}, card.id)
    asked = wallet.do(ask_exchange, request)
    wallet.do(decide_return, DecideReturn(asked.id, "withdrawn"))
    assert wallet.till.shop.stock(size["M"]) == (5, 0)
    again = wallet.do(ask_exchange, request)
    assert again.wants[0].variant_id == size["M"]


def test_a_return_goes_back_to_what_paid_or_to_a_gift_card(wallet: Wallet) -> None:
    cup = wallet.till.shop.article("CUP", 1_000)
    card, gift = wallet.save(), wallet.issue(1)
    saved = wallet.save(gift)
    bank = wallet.till.methods["bank"]
    other = wallet.till.db.write_now(
        lambda s: save_method(
            s, wallet.till.shop.command(), SaveMethod(wallet.customer_id, bank, "Bank")
        )
    )
    bought = wallet.buys((cup, 2))
    wallet.arrives(bought)
    part = f"v{cup}"
    refused(wallet, ask_return, AskReturn(bought.id, {part: 1}, "x", other.id), Invalid)
    for way, held in ((card, 1), (saved, 1_001)):
        asked = wallet.do(ask_return, AskReturn(bought.id, {part: 1}, "x", way.id))
        for step in ("approved", "received"):
            wallet.do(decide_return, DecideReturn(asked.id, step))
        settled(wallet, bought.id)
        assert wallet.left(gift) == held
    assert list(wallet.till.moody.given_back.values()) == [1_000]


def test_another_way_to_pay_replaces_the_first_one_once_it_has_paid(wallet: Wallet) -> None:
    cup = wallet.till.shop.article("CUP", 1_000)
    gift = wallet.issue(1_550)
    saved, card = wallet.save(gift), wallet.save()
    bought = wallet.buys((cup, 1))
    wallet.do(change_payment, ChangePayment(bought.id, saved.id))
    found = settled(wallet, bought.id)
    assert (found.paid_minor, found.refunded_minor, wallet.left(gift)) == (3_100, 1_550, 0)
    refused(wallet, change_payment, ChangePayment(bought.id, saved.id))
    assert list(wallet.till.moody.given_back.values()) == [1_550]
    refused(wallet, change_payment, ChangePayment(bought.id, card.id))
    wallet.do(cancel_order, CancelOrder(bought.id))
    assert wallet.left(gift) == 1_550


def test_a_new_way_that_fails_leaves_the_old_one(wallet: Wallet) -> None:
    cup = wallet.till.shop.article("CUP", 1_000)
    card = wallet.save()
    bought = wallet.buys((cup, 1), method="bank")
    wallet.till.moody.mood = "failed"
    wallet.do(change_payment, ChangePayment(bought.id, card.id))
    refused(wallet, change_payment, ChangePayment(bought.id, card.id))
    wallet.till.work()
    assert wallet.till.order(bought.id).state == "awaiting_payment"
    wallet.till.moody.mood = "paid"
    wallet.do(change_payment, ChangePayment(bought.id, card.id))
    found = settled(wallet, bought.id)
    assert (found.state, found.paid_minor) == ("processing", 1_550)
    paid = wallet.till.db.read_now(lambda s: payments_of(s, wallet.m, bought.id))
    assert [one.state for one in paid] == ["abandoned", "failed", "paid"]
    assert wallet.till.db.read_now(lambda s: refunds_of(s, wallet.m, bought.id)) == []


def test_what_is_paid_after_a_cancellation_goes_back(wallet: Wallet) -> None:
    size, card = wallet.shirt(SIZES), wallet.save()
    bought = wallet.buys((size["S"], 1))
    wallet.do(replace_items, ReplaceItems(bought.id, {f"v{size['S']}": size["L"]}, card.id))
    wallet.do(cancel_order, CancelOrder(bought.id))
    found = settled(wallet, bought.id)
    assert (found.paid_minor, found.refunded_minor) == (1_550, 1_550)
    assert sorted(wallet.till.moody.given_back.values()) == [500, 1_550]


def test_a_failed_difference_can_be_paid_another_way(wallet: Wallet) -> None:
    size, card = wallet.shirt(SIZES), wallet.save()
    saved = wallet.save(wallet.issue(500))
    bought = wallet.buys((size["S"], 1))
    wallet.till.moody.mood = "failed"
    wallet.do(replace_items, ReplaceItems(bought.id, {f"v{size['S']}": size["L"]}, card.id))
    wallet.till.work()
    assert wallet.till.order(bought.id).state == "awaiting_payment"
    wallet.do(pay_rest, PayRest(bought.id, saved.id))
    assert settled(wallet, bought.id).state == "processing"
    refused(wallet, pay_rest, PayRest(bought.id, saved.id))


def test_a_fee_or_another_system_forbids_another_way_to_pay(wallet: Wallet) -> None:
    cup = wallet.till.shop.article("CUP", 1_000)
    card = wallet.save()
    door = wallet.buys((cup, 1), method="cod")
    refused(wallet, change_payment, ChangePayment(door.id, card.id))


def test_a_shop_may_want_one_of_its_reasons_and_all_goods_delivered(wallet: Wallet) -> None:
    cup = wallet.till.shop.article("CUP", 1_000)
    agreed = Terms(cancel_reasons=("no longer needed",), return_delivered_only=True)
    wallet.till.db.write_now(lambda s: set_terms(s, wallet.m, agreed))
    one, two = wallet.buys((cup, 1)), wallet.buys((cup, 1))
    refused(wallet, cancel_order, CancelOrder(one.id, "bored"), Invalid)
    assert wallet.do(cancel_order, CancelOrder(one.id, "no longer needed")).state == "cancelled"
    wallet.do(ship_order, ShipOrder(two.id, "sagawa"))
    refused(wallet, ask_return, AskReturn(two.id, {f"v{cup}": 1}, "x"))


def test_a_customer_commands_no_other_customers_order(wallet: Wallet) -> None:
    cup = wallet.till.shop.article("CUP", 1_000)
    stranger = Wallet(wallet.till, "Ren")
    bought = wallet.buys((cup, 1))
    who = f"customer:{stranger.customer_id}"
    refused(wallet, cancel_order, CancelOrder(bought.id), NotFound, principal=who)
    mine = f"customer:{wallet.customer_id}"
    assert wallet.do(cancel_order, CancelOrder(bought.id), principal=mine).state == "cancelled"
    assert wallet.till.db.read_now(lambda s: returns_of(s, wallet.m, bought.id)) == []


def test_the_default_address_is_ones_own(wallet: Wallet) -> None:
    stranger = Wallet(wallet.till, "Ren")
    command = wallet.till.shop.command(principal=f"customer:{wallet.customer_id}")

    def keep(customer_id: int) -> None:
        request = SetDefaultAddress(customer_id, TOKYO)
        wallet.till.db.write_now(lambda s: set_default_address(s, command, request))

    keep(wallet.customer_id)
    with pytest.raises(NotFound):
        keep(stranger.customer_id)

    def kept(who: Wallet):
        return wallet.till.db.read_now(lambda s: default_address(s, wallet.m, who.customer_id))

    assert kept(wallet) == TOKYO
    assert kept(stranger) is None


def test_whoever_moves_is_still_read_as_before(wallet: Wallet) -> None:
    def keep(address: PostalAddress) -> PostalAddress:
        command = wallet.till.shop.command(principal=f"customer:{wallet.customer_id}")
        request = SetDefaultAddress(wallet.customer_id, address)
        return wallet.till.db.write_now(lambda s: set_default_address(s, command, request))

    keep(replace(TOKYO, kana="やまだ はなこ"))
    assert keep(replace(TOKYO, line1="4-5-6")).kana == "やまだ はなこ"
    assert keep(replace(TOKYO, name="森下 拓")).kana == ""


def test_saved_ways_to_pay_are_ones_own_until_forgotten(wallet: Wallet) -> None:
    stranger = Wallet(wallet.till, "Ren")
    card = wallet.save()
    theirs = stranger.issue(100)
    with pytest.raises(NotFound):
        wallet.save(theirs)
    command = wallet.till.shop.command()
    with pytest.raises(Invalid):
        wallet.till.db.write_now(
            lambda s: save_method(
                s, command, SaveMethod(wallet.customer_id, wallet.gift_method, "Gift")
            )
        )

    def forget(who: Wallet) -> list[str]:
        wallet.till.db.write_now(lambda s: forget_method(s, command, who.customer_id, card.id))
        found = wallet.till.db.read_now(lambda s: saved_methods(s, wallet.m, wallet.customer_id))
        return [one.title for one in found]

    assert forget(stranger) == ["Visa"]
    assert forget(wallet) == []
