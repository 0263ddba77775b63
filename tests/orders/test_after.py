"""After the order: sent, changed, cancelled, sent back. Money adds up at every step."""

from datetime import date, timedelta

import pytest

from kaiwa.catalog.variant import variant_by_sku
from kaiwa.engines.db import Database
from kaiwa.orders.adjustment import adjustments
from kaiwa.orders.allowed import ALLOWED, allowed
from kaiwa.orders.cancellation import CancelOrder, cancel_order
from kaiwa.orders.change import ChangeOrder, RefundOrder, change_order, refund_order
from kaiwa.orders.changing_payment import ChangePayment, change_payment
from kaiwa.orders.coupon import CouponRule, put_coupon
from kaiwa.orders.exchange import AskExchange, ask_exchange
from kaiwa.orders.order import Order, OrderState, orders_of
from kaiwa.orders.refund import refund_settled, refunds_of
from kaiwa.orders.replacing import ReplaceItems, replace_items
from kaiwa.orders.return_request import AskReturn, DecideReturn, ask_return, decide_return
from kaiwa.orders.shipment import (
    ParcelNews,
    Shipment,
    ShipOrder,
    news_of,
    record_news,
    ship_order,
)
from kaiwa.orders.shipping import Delivery
from kaiwa.payments import GivenBack, Outcome
from kaiwa.vocabulary.errors import Conflict, Invalid, KaiwaError, NotFound
from tests.orders.shop import NOW, Shop
from tests.orders.till import TOKYO, Till
from tests.orders.wallets import Wallet


@pytest.fixture
def till(database: Database) -> Till:
    return Till(Shop(database))


def do(till: Till, verb, request, **given):
    return till.db.write_now(lambda s: verb(s, till.shop.command(**given), request, till.announce))


def ship(till: Till, bought: Order, lines: dict[str, int] | None = None) -> Shipment:
    return do(till, ship_order, ShipOrder(bought.id, "yamato", "1234-5678-9013", lines))


def news(till: Till, parcel: Shipment, state, minutes: int = 0) -> Shipment:
    at = till.shop.now + timedelta(minutes=minutes)
    return do(till, record_news, ParcelNews(parcel.id, state, at))


def ledger(till: Till, bought: Order) -> None:
    """Original plus all adjustments is what it costs now, entry by entry and tax by tax."""
    found = till.order(bought.id)
    changes = till.db.read_now(lambda s: adjustments(s, till.shop.merchant_id, found))
    every = [found.original_totals, *(one.totals for one in changes)]
    for totals in every:
        assert sum(e.amount_minor for e in totals.entries[:-1]) == totals.total_minor
        assert sum(t.gross_minor for t in totals.taxes) == totals.total_minor
    assert sum(t.total_minor for t in every) == found.totals.total_minor
    assert sum(t.tax_minor for t in every) == found.totals.tax_minor


def test_an_order_is_sent_in_parcels_and_delivered(till: Till) -> None:
    cup, tea = till.shop.article("CUP"), till.shop.article("TEA", 540, tax_class="reduced")
    bought = till.bought((cup, 2), (tea, 1))
    first = ship(till, bought, {f"v{cup}": 2})
    assert till.order(bought.id).state == "partly_shipped"
    assert first.link is not None
    assert first.link.endswith("=123456789013")
    second = do(till, ship_order, ShipOrder(bought.id, "sagawa"))
    assert second.lines == {f"v{tea}": 1}
    assert till.order(bought.id).state == "shipped"
    with pytest.raises(Conflict):
        do(till, ship_order, ShipOrder(bought.id))
    news(till, first, "delivered", 5)
    assert till.order(bought.id).state == "shipped"
    news(till, second, "delivered", 6)
    assert till.order(bought.id).state == "delivered"


def test_news_is_added_only_and_old_news_changes_nothing(till: Till) -> None:
    parcel = ship(till, till.bought((till.shop.article("CUP"), 1)))
    assert news(till, parcel, "out_for_delivery", 10).state == "out_for_delivery"
    assert news(till, parcel, "in_transit", 5).state == "out_for_delivery"
    assert news(till, parcel, "delivered", 20).state == "delivered"
    assert news(till, parcel, "delivered", 20).state == "delivered"
    assert news(till, parcel, "absent", 30).state == "delivered"
    told = till.db.read_now(lambda s: news_of(s, till.shop.merchant_id, parcel.id))
    assert [one.state for one in told] == [
        "shipped", "in_transit", "out_for_delivery", "delivered", "absent",
    ]  # fmt: skip


def test_a_wrong_tracking_number_is_refused(till: Till) -> None:
    bought = till.bought((till.shop.article("CUP"), 1))
    with pytest.raises(Invalid, match="check digit"):
        do(till, ship_order, ShipOrder(bought.id, "yamato", "123456789012"))


def test_a_cancelled_order_is_restocked_and_its_money_goes_back(till: Till) -> None:
    cup = till.shop.article("CUP", stock=5)
    rule = CouponRule("ONE", "fixed", amount_minor=100, most_uses=1)
    till.db.write_now(lambda s: put_coupon(s, till.shop.merchant_id, rule, NOW))
    bought = till.bought((cup, 2), codes=("ONE",))
    gone = do(till, cancel_order, CancelOrder(bought.id, "changed my mind"))
    assert (gone.state, gone.totals.total_minor) == ("cancelled", 0)
    assert till.shop.stock(cup) == (5, 0)
    ledger(till, bought)
    till.wait(31)
    till.work()
    assert list(till.moody.given_back.values()) == [2650]
    assert till.order(bought.id).refunded_minor == 2650
    with pytest.raises(Conflict, match="cancelled"):
        do(till, cancel_order, CancelOrder(bought.id))
    till.bought((cup, 1), codes=("ONE",))


def test_money_that_arrives_for_a_cancelled_order_goes_back(till: Till) -> None:
    bought = till.bought((till.shop.article("CUP"), 1), method="bank")
    do(till, cancel_order, CancelOrder(bought.id))
    paid = till.db.read_now(lambda s: s.one("SELECT id FROM payment"))
    assert paid is not None
    assert till.answer(paid[0], Outcome("paid")).state == "unwanted"
    assert till.order(bought.id).paid_minor == 0


def test_a_transfer_that_fails_cancels_its_order(till: Till) -> None:
    cup = till.shop.article("CUP", stock=2)
    bought = till.bought((cup, 1), method="bank")
    paid = till.db.read_now(lambda s: s.one("SELECT id FROM payment"))
    assert paid is not None
    till.answer(paid[0], Outcome("failed", reason="not paid in time"))
    assert till.order(bought.id).state == "cancelled"
    assert till.shop.stock(cup) == (2, 0)


def test_fewer_are_sent_and_the_difference_goes_back(till: Till) -> None:
    cup, tea = till.shop.article("CUP"), till.shop.article("TEA", 1080, tax_class="reduced")
    rule = CouponRule("OFF", "fixed", amount_minor=200)
    till.db.write_now(lambda s: put_coupon(s, till.shop.merchant_id, rule, NOW))
    bought = till.bought((cup, 3), (tea, 1), codes=("OFF",))
    now = do(till, change_order, ChangeOrder(bought.id, lines={f"v{cup}": 1}))
    assert now.left(f"v{cup}") == 1
    assert [line.quantity for line in now.lines] == [3, 1]
    assert now.totals.total_minor < bought.totals.total_minor
    ledger(till, bought)
    (owed,) = till.db.read_now(lambda s: refunds_of(s, till.shop.merchant_id, bought.id))
    assert owed.amount.amount_minor == bought.totals.total_minor - now.totals.total_minor
    with pytest.raises(Invalid):
        do(till, change_order, ChangeOrder(bought.id, lines={f"v{cup}": 2}))
    with pytest.raises(Conflict, match="cancel the order"):
        do(till, change_order, ChangeOrder(bought.id, lines={f"v{cup}": 0, f"v{tea}": 0}))


def test_address_and_slot_change_until_it_is_sent(till: Till) -> None:
    bought = till.bought((till.shop.article("CUP"), 1))
    osaka = TOKYO.__class__("山田花子", "〒5300001", "大阪", "大阪市北区", "梅田1")
    now = do(
        till, change_order, ChangeOrder(bought.id, osaka, Delivery(date(2026, 11, 30), "18-20"))
    )
    assert now.body.address is not None
    assert (now.body.address.region, now.body.address.postal_code) == ("大阪府", "530-0001")
    assert now.body.delivery == Delivery(date(2026, 11, 30), "18-20")
    for bad in (Delivery(slot="03-04"), Delivery(date(2026, 11, 20))):
        with pytest.raises(Invalid):
            do(till, change_order, ChangeOrder(bought.id, delivery=bad))
    ship(till, bought)
    with pytest.raises(Conflict, match="change address"):
        do(till, change_order, ChangeOrder(bought.id, TOKYO))


def test_who_saw_an_older_order_is_refused(till: Till) -> None:
    bought = till.bought((till.shop.article("CUP"), 1))
    do(
        till,
        change_order,
        ChangeOrder(bought.id, TOKYO.__class__("A", "1500001", "Tokyo", "B", "C")),
    )
    with pytest.raises(Conflict):
        do(till, cancel_order, CancelOrder(bought.id), version=bought.version)


def test_a_return_is_asked_decided_taken_in_and_paid_back(till: Till) -> None:
    cup = till.shop.article("CUP", stock=5)
    bought = till.bought((cup, 2))
    with pytest.raises(Conflict, match="ask return"):
        do(till, ask_return, AskReturn(bought.id, {f"v{cup}": 1}, "too small"))
    news(till, ship(till, bought), "delivered", 5)
    asked = do(till, ask_return, AskReturn(bought.id, {f"v{cup}": 1}, "too small"))
    with pytest.raises(Conflict, match="not that much"):
        do(till, ask_return, AskReturn(bought.id, {f"v{cup}": 2}, "all"))
    with pytest.raises(Conflict, match="requested"):
        do(till, decide_return, DecideReturn(asked.id, "received"))
    do(till, decide_return, DecideReturn(asked.id, "approved"))
    do(till, decide_return, DecideReturn(asked.id, "received"))
    assert till.shop.stock(cup) == (4, 0)
    ledger(till, bought)
    till.wait(31)
    till.work()
    now = till.order(bought.id)
    assert (now.state, now.refunded_minor, now.totals.total_minor) == ("delivered", 1100, 1650)


def test_a_return_has_its_time(till: Till) -> None:
    cup = till.shop.article("CUP")
    bought = till.bought((cup, 1))
    news(till, ship(till, bought), "delivered")
    till.wait(8 * 86_400 + 60)
    with pytest.raises(Conflict, match="8 days"):
        do(till, ask_return, AskReturn(bought.id, {f"v{cup}": 1}, "late"))


def test_an_apology_lowers_the_order_and_its_tax(till: Till) -> None:
    bought = till.bought((till.shop.article("CUP"), 1))
    now = do(till, refund_order, RefundOrder(bought.id, 165, "a crack"))
    assert now.totals.total_minor == 1485
    assert now.totals.tax_minor == 135
    ledger(till, bought)
    with pytest.raises(Invalid):
        do(till, refund_order, RefundOrder(bought.id, 1486, "too much"))


def test_money_back_by_hand_waits_for_a_person(till: Till) -> None:
    bought = till.bought((till.shop.article("CUP"), 1), method="bank")
    paid = till.db.read_now(lambda s: s.one("SELECT id FROM payment"))
    assert paid is not None
    till.answer(paid[0], Outcome("paid"))
    do(till, cancel_order, CancelOrder(bought.id))
    till.wait(31)
    till.work()
    (owed,) = till.db.read_now(lambda s: refunds_of(s, till.shop.merchant_id, bought.id))
    assert owed.state == "by_hand"
    for _ in range(2):
        till.db.write_now(
            lambda s: refund_settled(
                s, till.shop.command(), owed.id, GivenBack("completed"), till.announce
            )
        )
    assert till.order(bought.id).refunded_minor == 1650


def in_state(wallet: Wallet, state: OrderState) -> Order:
    till = wallet.till
    shirt, tea = wallet.shirt({"S": 1_100, "M": 1_100}), till.shop.article("TEA")
    cup = shirt["S"]
    bought = wallet.buys((cup, 2), (tea, 1), method="bank" if "await" in state else "card")
    if state == "cancelled":
        do(till, cancel_order, CancelOrder(bought.id))
    elif state == "partly_shipped":
        ship(till, bought, {f"v{cup}": 1})
    elif state in ("shipped", "delivered"):
        parcel = ship(till, bought)
        if state == "delivered":
            news(till, parcel, "delivered", 1)
    found = till.order(bought.id)
    assert found.state == state
    return found


@pytest.mark.parametrize("state", ALLOWED)
def test_the_table_decides_what_is_done(till: Till, state: OrderState) -> None:
    wallet = Wallet(till)
    found = in_state(wallet, state)
    part = found.lines[0].part
    saved = wallet.save(wallet.issue(9_999))
    other = {part: till.db.read_now(lambda s: variant_by_sku(s, wallet.m, "S-M")).id}  # type: ignore[union-attr]
    deeds = {
        "ship": (ship_order, ShipOrder(found.id)),
        "refund": (refund_order, RefundOrder(found.id, 1, "x")),
        "ask_return": (ask_return, AskReturn(found.id, {part: 1}, "x")),
        "change_address": (change_order, ChangeOrder(found.id, TOKYO)),
        "change_delivery": (change_order, ChangeOrder(found.id, delivery=Delivery(slot="am"))),
        "reduce": (change_order, ChangeOrder(found.id, lines={part: 1})),
        "cancel": (cancel_order, CancelOrder(found.id)),
        "change_payment": (change_payment, ChangePayment(found.id, saved.id)),
        "replace": (replace_items, ReplaceItems(found.id, other, saved.id)),
        "ask_exchange": (ask_exchange, AskExchange(found.id, other, saved.id)),
    }
    done = set()
    for name, (verb, request) in deeds.items():
        command = till.shop.command()

        class Undo(Exception):
            pass

        def attempt(s, verb=verb, request=request, command=command):
            verb(s, command, request, till.announce)
            raise Undo

        try:
            till.db.write_now(attempt)
        except Undo:
            done.add(name)
        except KaiwaError:
            pass
    assert done == allowed(found) == ALLOWED[state]


def test_orders_of_a_merged_customer_are_found(till: Till) -> None:
    one, two = till.shop.customer("A"), till.shop.customer("B")
    cup = till.shop.article("CUP")
    for who in (one, two):
        till.complete(till.ready(till.cart((cup, 1), customer_id=who).id).checkout.id)
    found = till.db.read_now(lambda s: orders_of(s, till.shop.merchant_id, one))
    assert len(found) == 1
    till.db.write_now(
        lambda s: s.run(
            """INSERT INTO customer_merge (merchant_id, kept_id, absorbed_id, evidence, grade,
            moved, merged_at, merged_by) VALUES (:m, :one, :two, '', 'linked', '', 0, '')""",
            m=till.shop.merchant_id,
            one=one,
            two=two,
        )
    )
    found = till.db.read_now(lambda s: orders_of(s, till.shop.merchant_id, one))
    assert [o.number for o in found] == ["1002", "1001"]


def test_another_merchant_has_no_such_order(till: Till, database: Database) -> None:
    found = in_state(Wallet(till), "delivered")
    part = found.lines[0].part
    other = Till(Shop(database))
    for verb, request in (
        (cancel_order, CancelOrder(found.id)),
        (change_order, ChangeOrder(found.id, TOKYO)),
        (refund_order, RefundOrder(found.id, 1, "x")),
        (ship_order, ShipOrder(found.id)),
        (ask_return, AskReturn(found.id, {part: 1}, "x")),
        (record_news, ParcelNews(1, "lost", NOW)),
    ):
        with pytest.raises(NotFound):
            do(other, verb, request)
    assert till.order(found.id) == found
