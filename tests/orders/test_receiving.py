"""Money that comes in when less is wanted than was asked for: what is too much is owed back."""

from kaiwa.engines.db import Database
from kaiwa.orders.change import ChangeOrder, change_order
from kaiwa.orders.changing_payment import PayRest, pay_rest
from kaiwa.orders.payment import payments_of
from kaiwa.orders.refund import refunds_of
from kaiwa.payments import Outcome
from tests.orders.shop import Shop
from tests.orders.till import Till
from tests.orders.wallets import Wallet


class Waiting:
    """Two shirts for 2,000 and 550 for sending, to be paid by bank transfer."""

    def __init__(self, database: Database) -> None:
        self.wallet = Wallet(Till(Shop(database)))
        self.till, self.m = self.wallet.till, self.wallet.m
        self.card = self.wallet.save()
        size = self.wallet.shirt({"S": 1_000})["S"]
        self.order_id = self.wallet.buys((size, 2), method="bank").id
        assert self.order.totals.total_minor == 2_550

    @property
    def order(self):
        return self.till.order(self.order_id)

    @property
    def payments(self):
        return self.till.db.read_now(lambda s: payments_of(s, self.m, self.order_id))

    @property
    def back(self) -> list[tuple[int, str]]:
        found = self.till.db.read_now(lambda s: refunds_of(s, self.m, self.order_id))
        return [(one.amount.amount_minor, one.state) for one in found]


def test_an_order_that_became_cheaper_while_the_card_was_asked(database: Database) -> None:
    shop = Waiting(database)
    shop.wallet.do(pay_rest, PayRest(shop.order_id, shop.card.id))
    part = shop.order.lines[0].part
    shop.wallet.do(change_order, ChangeOrder(shop.order_id, lines={part: 1}))
    assert (shop.order.totals.total_minor, shop.back) == (1_550, [])
    shop.till.work()
    assert shop.order.paid_minor == 2_550
    shop.till.work()
    assert shop.back == [(1_000, "completed")]
    assert shop.order.paid_minor - shop.order.refunded_minor == shop.order.totals.total_minor


def test_a_transfer_that_comes_after_the_card_paid_goes_back(database: Database) -> None:
    shop = Waiting(database)
    transfer = shop.payments[0]
    shop.wallet.do(pay_rest, PayRest(shop.order_id, shop.card.id))
    shop.till.work()
    assert (shop.order.paid_minor, shop.back) == (2_550, [])
    shop.till.answer(transfer.id, Outcome("paid", "seen"))
    # The oldest payment gives first, and nobody but a person can pay a transfer back.
    assert (shop.order.paid_minor, shop.back) == (5_100, [(2_550, "owed")])
    shop.till.work()
    assert shop.back == [(2_550, "by_hand")]


def test_what_is_paid_once_and_exactly_owes_nothing(database: Database) -> None:
    shop = Waiting(database)
    shop.till.answer(shop.payments[0].id, Outcome("paid", "seen"))
    shop.till.answer(shop.payments[0].id, Outcome("paid", "seen"))
    assert (shop.order.paid_minor, shop.back) == (2_550, [])
