"""A cart that is left is noticed once; one that is ordered, changed or empty is not."""

import asyncio
from typing import Any

import pytest

from kaiwa.engines.db import Database
from kaiwa.engines.queue import Claim, Job, LostLease, claim, reclaim
from kaiwa.orders.abandoned_cart import (
    AbandonedCart,
    Abandonment,
    LeftLine,
    abandoned_carts,
    exported_abandoned_carts,
)
from kaiwa.orders.cart import (
    AddToCart,
    CancelCart,
    ChangeLine,
    add_to_cart,
    cancel_cart,
    change_line,
)
from kaiwa.orders.fact import CartAbandoned
from kaiwa.orders.terms import Terms, set_terms
from kaiwa.payments import Outcome
from kaiwa.vocabulary.money import Money
from tests.orders.shop import NOW, Shop
from tests.orders.till import HANAKO, Till

MINUTE = 60


@pytest.fixture
def till(database: Database) -> Till:
    return Till(Shop(database))


def due(till: Till) -> list[Job]:
    return till.db.write_now(lambda s: claim(s, Claim("carts", "test", 64), till.shop.now))


def watch_carts(till: Till) -> int:
    """Run the timers that are due; how many rang."""
    watching = Abandonment(till.db, till.clock, till.announce)
    rung = due(till)
    for job in rung:
        asyncio.run(watching.notice_abandoned(job))
    return len(rung)


def left(till: Till) -> list[AbandonedCart]:
    return till.db.read_now(lambda s: abandoned_carts(s, till.shop.merchant_id))


def exported(till: Till, merchant_id: int, after: int) -> list[tuple[int, dict[str, Any]]]:
    return till.db.read_now(lambda s: list(exported_abandoned_carts(s, merchant_id, after)))


def facts(till: Till) -> list[CartAbandoned]:
    return [fact for fact in till.facts if isinstance(fact, CartAbandoned)]


def timers(till: Till) -> int:
    row = till.db.read_now(
        lambda s: s.one("SELECT count(*) FROM job WHERE kind = 'notice_abandoned'")
    )
    assert row is not None
    return int(row[0])


def add(till: Till, cart_id: int, variant_id: int) -> None:
    request = AddToCart(cart_id, variant_id)
    till.db.write_now(lambda s: add_to_cart(s, till.shop.command(), request))


def test_a_cart_left_for_an_hour_is_told_once_with_what_lay_in_it(till: Till) -> None:
    cup, who = till.shop.article("CUP"), till.shop.customer()
    cart = till.cart((cup, 2), customer_id=who)
    till.wait(60 * MINUTE - 1)
    assert (watch_carts(till), left(till)) == (0, [])
    till.wait(1)
    assert watch_carts(till) == 1
    (one,) = left(till)
    assert one == AbandonedCart(
        id=one.id,
        cart_id=cart.id,
        version=cart.version,
        customer_id=who,
        conversation_id=None,
        checkout_id=None,
        channel="web_chat",
        total=Money(2200, "JPY"),
        lines=(LeftLine(cup, "CUP", "Article CUP", 2, 1100),),
        left_at=NOW,
        recorded_at=till.shop.now,
    )
    assert facts(till) == [CartAbandoned(till.shop.merchant_id, cart.id, cart.version, who)]
    till.wait(24 * 60 * MINUTE)
    assert (watch_carts(till), timers(till), len(left(till))) == (0, 0, 1)


def test_a_cart_that_changes_is_waited_for_again(till: Till) -> None:
    cup, pot = till.shop.article("CUP"), till.shop.article("POT")
    cart = till.cart((cup, 1))
    till.wait(40 * MINUTE)
    add(till, cart.id, pot)
    assert timers(till) == 1
    till.wait(40 * MINUTE)
    assert (watch_carts(till), left(till), timers(till)) == (1, [], 1)
    till.wait(20 * MINUTE)
    assert watch_carts(till) == 1
    assert [len(one.lines) for one in left(till)] == [2]


def test_each_version_that_is_left_is_told(till: Till) -> None:
    cup, pot = till.shop.article("CUP"), till.shop.article("POT")
    cart = till.cart((cup, 1))
    till.wait(60 * MINUTE)
    watch_carts(till)
    add(till, cart.id, pot)
    till.wait(60 * MINUTE)
    watch_carts(till)
    assert [one.version for one in left(till)] == [cart.version, cart.version + 1]


def test_a_checkout_that_goes_on_is_not_left_yet(till: Till) -> None:
    cart = till.cart((till.shop.article("CUP"), 1))
    till.wait(50 * MINUTE)
    begun = till.open(cart.id).checkout
    till.wait(30 * MINUTE)
    assert (watch_carts(till), left(till)) == (1, [])
    till.update(begun.id, buyer=HANAKO)
    till.wait(30 * MINUTE)
    assert (watch_carts(till), left(till)) == (1, [])
    till.wait(30 * MINUTE)
    watch_carts(till)
    assert [one.checkout_id for one in left(till)] == [begun.id]


def test_what_is_ordered_is_never_called_abandoned(till: Till) -> None:
    till.bought((till.shop.article("CUP"), 1))
    assert timers(till) == 0
    till.wait(24 * 60 * MINUTE)
    assert (watch_carts(till), left(till), facts(till)) == (0, [], [])


def test_a_timer_that_rings_while_the_order_is_placed_tells_nothing(till: Till) -> None:
    cart = till.cart((till.shop.article("CUP"), 1))
    ready = till.ready(cart.id)
    till.wait(60 * MINUTE)
    (job,) = due(till)
    till.complete(ready.checkout.id)
    asyncio.run(Abandonment(till.db, till.clock, till.announce).notice_abandoned(job))
    assert (left(till), timers(till)) == ([], 0)


def test_a_cart_that_is_being_paid_is_waited_for(till: Till) -> None:
    till.moody.mood = "away"
    ready = till.ready(till.cart((till.shop.article("CUP"), 1)).id)
    till.begin(ready.checkout.id)
    till.wait(61 * MINUTE)
    assert (watch_carts(till), left(till), timers(till)) == (1, [], 1)
    till.answer(till.payment(ready.checkout.id).id, Outcome("failed", reason="no"))
    till.wait(120 * MINUTE)
    watch_carts(till)
    assert [one.checkout_id for one in left(till)] == [ready.checkout.id]


def test_an_empty_or_cancelled_cart_was_not_abandoned(till: Till) -> None:
    cup = till.shop.article("CUP")
    emptied, dropped = till.cart((cup, 1)), till.cart((cup, 1))
    none = ChangeLine(emptied.id, cup, 0)
    till.db.write_now(lambda s: change_line(s, till.shop.command(), none))
    gone = CancelCart(dropped.id)
    till.db.write_now(lambda s: cancel_cart(s, till.shop.command(), gone))
    till.wait(60 * MINUTE)
    assert (watch_carts(till), left(till), timers(till)) == (1, [], 0)


@pytest.mark.parametrize(("minutes", "rings"), [(0, 0), (10, 1)])
def test_the_merchant_says_how_long_or_never(till: Till, minutes: int, rings: int) -> None:
    new = Terms(abandoned_after_minutes=minutes)
    till.db.write_now(lambda s: set_terms(s, till.shop.merchant_id, new))
    till.cart((till.shop.article("CUP"), 1))
    till.wait(10 * MINUTE)
    assert (watch_carts(till), len(left(till))) == (rings, rings)


def test_a_worker_killed_before_or_after_the_commit_tells_once(till: Till) -> None:
    till.cart((till.shop.article("CUP"), 1))
    till.wait(60 * MINUTE)
    (first,) = due(till)

    till.wait(120)
    till.db.write_now(lambda s: reclaim(s, till.shop.now))
    (second,) = due(till)
    watching = Abandonment(till.db, till.clock, till.announce)
    asyncio.run(watching.notice_abandoned(second))
    with pytest.raises(LostLease):
        asyncio.run(watching.notice_abandoned(first))
    assert len(left(till)) == 1


def test_the_export_tells_it_in_plain_words_and_only_to_its_shop(till: Till) -> None:
    cart = till.cart((till.shop.article("CUP"), 2))
    till.wait(60 * MINUTE)
    watch_carts(till)
    ((place, line),) = exported(till, till.shop.merchant_id, 0)
    assert line == {
        "fact": "cart_abandoned",
        "cart": cart.id,
        "version": cart.version,
        "customer": None,
        "conversation": None,
        "checkout": None,
        "channel": "web_chat",
        "total": "2200",
        "currency": "JPY",
        "lines": [{"sku": "CUP", "title": "Article CUP", "quantity": 2, "price": "1100"}],
        "occurred_at": "2026-11-20T03:00:00.000Z",
        "recorded_at": "2026-11-20T04:00:00.000Z",
    }
    for merchant_id, after in ((till.shop.merchant_id, place), (Shop(till.db).merchant_id, 0)):
        assert exported(till, merchant_id, after) == []
