"""Gift cards: money the shop keeps is spent once, and comes back at once."""

import pytest

from kaiwa.engines.db import Database
from kaiwa.orders.cancellation import CancelOrder, cancel_order
from kaiwa.orders.gift_card import IssueGiftCard, entries, gift_card_called, issue_gift_card, spend
from kaiwa.orders.refund import refunds_of
from kaiwa.vocabulary.errors import Conflict, Invalid, NotFound
from kaiwa.vocabulary.money import Money
from tests.orders.shop import Shop
from tests.orders.till import Till
from tests.orders.wallets import Wallet


@pytest.fixture
def wallet(database: Database) -> Wallet:
    return Wallet(Till(Shop(database)))


def test_a_card_pays_at_the_checkout_and_nobody_is_asked(wallet: Wallet) -> None:
    till = wallet.till
    cup = till.shop.article("CUP", 1_100)
    card = wallet.issue(5_000, code="abcd-2345")
    ready = till.ready(till.cart((cup, 1)).id, "gift")
    done = till.begin_with(ready.checkout.id, "ABCD 2345").checkout
    assert done.state == "completed"
    assert till.order(done.order_id).state == "processing"
    assert wallet.left(card) == 5_000 - 1_650
    assert till.moody.calls == 0


def test_a_cancelled_order_is_back_on_the_card_at_once(wallet: Wallet) -> None:
    till = wallet.till
    cup = till.shop.article("CUP", 1_100)
    card = wallet.issue(5_000, code="GIFT")
    ready = till.ready(till.cart((cup, 1)).id, "gift")
    order_id = till.begin_with(ready.checkout.id, "gift").checkout.order_id
    assert order_id is not None
    cancelled = wallet.do(cancel_order, CancelOrder(order_id))
    assert (cancelled.refunded_minor, wallet.left(card)) == (1_650, 5_000)
    (back,) = till.db.read_now(lambda s: refunds_of(s, wallet.m, order_id))
    assert back.state == "completed"
    assert "give_back" not in till.work()


@pytest.mark.parametrize(
    ("balance", "code", "reason"), [(1_649, "GIFT", "no_funds"), (9_999, "GIFTED", "wrong_details")]
)
def test_too_little_or_an_unknown_code_pays_nothing(
    wallet: Wallet, balance: int, code: str, reason: str
) -> None:
    till = wallet.till
    cup = till.shop.article("CUP", 1_100)
    card = wallet.issue(balance, code="GIFT")
    ready = till.ready(till.cart((cup, 1)).id, "gift")
    found = till.begin_with(ready.checkout.id, code).checkout
    assert found.state == "ready"
    assert found.order_id is None
    assert [(one.code, one.about) for one in found.body.notices] == [("payment_failed", reason)]
    assert wallet.left(card) == balance


def test_the_same_source_moves_money_once(wallet: Wallet) -> None:
    card = wallet.issue(1_000)
    for _ in range(2):
        wallet.till.db.write_now(
            lambda s: spend(s, wallet.till.shop.command(), card.id, Money(400, "JPY"), "payment:7")
        )
    assert wallet.left(card) == 600
    with pytest.raises(Conflict):
        wallet.till.db.write_now(
            lambda s: spend(s, wallet.till.shop.command(), card.id, Money(601, "JPY"), "payment:8")
        )
    assert wallet.left(card) == 600
    moved = wallet.till.db.read_now(lambda s: entries(s, wallet.m, card.id))
    assert [(one.kind, one.amount_minor) for one in moved] == [("issued", 1_000), ("spent", -400)]


def test_a_code_is_one_card_of_one_shop(wallet: Wallet) -> None:
    wallet.issue(1_000, code="GIFT")
    with pytest.raises(Conflict):
        wallet.issue(1_000, code="g-i-f-t")
    with pytest.raises(Invalid):
        wallet.issue(0)
    other = Shop(wallet.till.db)
    with pytest.raises(NotFound):
        other.db.read_now(lambda s: gift_card_called(s, other.merchant_id, "GIFT"))
    made = other.db.write_now(
        lambda s: issue_gift_card(s, other.command(), IssueGiftCard(Money(5, "JPY")))
    )
    assert len(made.code) == 16
