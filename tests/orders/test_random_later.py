"""Whatever is done with an order after it was placed, in whatever order: money and stock add up."""

import contextlib

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kaiwa.engines.db import Database
from kaiwa.orders.adjustment import adjustments
from kaiwa.orders.cancellation import CancelOrder, cancel_order
from kaiwa.orders.change import ChangeOrder, RefundOrder, change_order, refund_order
from kaiwa.orders.changing_payment import ChangePayment, PayRest, change_payment, pay_rest
from kaiwa.orders.exchange import AskExchange, ask_exchange
from kaiwa.orders.payment import payments_of
from kaiwa.orders.refund import refund_settled, refunds_of
from kaiwa.orders.replacing import ReplaceItems, replace_items
from kaiwa.orders.return_request import (
    AskReturn,
    DecideReturn,
    ask_return,
    decide_return,
    returns_of,
)
from kaiwa.payments import GivenBack, Outcome
from kaiwa.vocabulary.errors import KaiwaError
from tests.orders.shop import Shop
from tests.orders.till import Till
from tests.orders.wallets import Wallet

SIZES = {"S": 1_000, "M": 1_300, "L": 700}
STOCK = 4
DEEDS = (
    "replace replace exchange exchange give_back decide decide decide pay change_payment "
    "change_payment reduce refund cancel arrive transfer transfer work work mood"
).split()
steps = st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 11)), min_size=3, max_size=16)


class World:
    """One order of three shirts in two sizes, a card that may fail, and two gift cards."""

    def __init__(self, database: Database, method: str) -> None:
        self.wallet = wallet = Wallet(Till(Shop(database)))
        self.size = list(wallet.shirt(SIZES, STOCK).values())
        self.cards = [wallet.issue(700), wallet.issue(20_000)]
        self.ways = [wallet.save(), *map(wallet.save, self.cards)]
        self.order_id = wallet.buys((self.size[0], 2), (self.size[1], 1), method=method).id

    @property
    def order(self):
        return self.wallet.till.order(self.order_id)

    def do(self, name: str, n: int) -> None:
        with contextlib.suppress(KaiwaError):
            getattr(self, name)(n)
        self.check()

    def swaps(self, n: int) -> dict[str, int]:
        parts = [line.part for line in self.order.lines if self.order.left(line.part)]
        chosen = parts[n % 2 : n % 2 + 1 + n % 3] or parts[:1]
        return {part: self.size[(n + at) % 3] for at, part in enumerate(chosen)}

    def replace(self, n: int) -> None:
        way = self.ways[n % 3].id
        self.wallet.do(replace_items, ReplaceItems(self.order_id, self.swaps(n), way))

    def exchange(self, n: int) -> None:
        way = self.ways[n % 3].id
        self.wallet.do(ask_exchange, AskExchange(self.order_id, self.swaps(n), way))

    def give_back(self, n: int) -> None:
        lines = dict.fromkeys(self.swaps(n), 1)
        way = (None, *self.ways)[n % 4]
        request = AskReturn(self.order_id, lines, "no", way.id if way else None)
        self.wallet.do(ask_return, request)

    def decide(self, n: int) -> None:
        asked = self.read(lambda s: returns_of(s, self.wallet.m, self.order_id))
        to = ("approved", "received", "approved", "received", "withdrawn", "rejected")[n % 6]
        if asked:
            self.wallet.do(decide_return, DecideReturn(asked[n % len(asked)].id, to))  # type: ignore[arg-type]

    def pay(self, n: int) -> None:
        self.wallet.do(pay_rest, PayRest(self.order_id, self.ways[n % 3].id))

    def change_payment(self, n: int) -> None:
        self.wallet.do(change_payment, ChangePayment(self.order_id, self.ways[n % 3].id))

    def reduce(self, n: int) -> None:
        part = next(iter(self.swaps(n)), None)
        if part is None:  # nothing is left of the order
            return
        left = self.order.left(part) - 1
        self.wallet.do(change_order, ChangeOrder(self.order_id, lines={part: left}))

    def refund(self, n: int) -> None:
        self.wallet.do(refund_order, RefundOrder(self.order_id, 1 + 97 * n, "sorry"))

    def cancel(self, n: int) -> None:
        if n % 3 == 0:
            self.wallet.do(cancel_order, CancelOrder(self.order_id))

    def arrive(self, n: int) -> None:
        self.wallet.arrives(self.order)

    def work(self, n: int) -> None:
        self.wallet.till.work()

    def transfer(self, n: int) -> None:
        paid = self.read(lambda s: payments_of(s, self.wallet.m, self.order_id))
        waiting = [one for one in paid if one.state in ("pending", "started", "abandoned")]
        if waiting:
            self.wallet.till.answer(waiting[n % len(waiting)].id, Outcome("paid", f"seen {n}"))

    def mood(self, n: int) -> None:
        self.wallet.till.moody.mood = ("paid", "failed", "paid")[n % 3]

    def paid_out(self) -> None:
        """A person has paid back what no provider could, and says so."""
        for one in self.read(lambda s: refunds_of(s, self.wallet.m, self.order_id)):
            if one.state == "by_hand":
                self.tell(one.id)

    def tell(self, refund_id: int) -> None:
        till, done = self.wallet.till, GivenBack("completed")
        command = till.shop.command()
        till.db.write_now(lambda s: refund_settled(s, command, refund_id, done, till.announce))

    def read(self, question):
        return self.wallet.till.db.read_now(question)

    def check(self) -> None:
        """What holds after every deed, done or refused."""
        m, found = self.wallet.m, self.order
        changes = self.read(lambda s: adjustments(s, m, found))
        totals = [found.original_totals, *(one.totals for one in changes)]
        assert sum(one.total_minor for one in totals) == found.totals.total_minor
        paid = self.read(lambda s: payments_of(s, m, self.order_id))
        got = sum(one.amount.amount_minor for one in paid if one.state == "paid")
        assert got == found.paid_minor
        back = self.read(lambda s: refunds_of(s, m, self.order_id))
        ours = [one for one in back if one.adjustment_id is not None]
        done = sum(one.amount.amount_minor for one in ours if one.state == "completed")
        assert done == found.refunded_minor
        owed = sum(one.amount.amount_minor for one in ours if one.state != "failed")
        assert got - owed <= found.totals.total_minor
        for one in paid:
            of_it = sum(r.amount.amount_minor for r in back if r.payment_id == one.id)
            assert of_it <= one.amount.amount_minor
        for card in self.cards:
            assert self.wallet.left(card) >= 0
        self.check_stock(found)

    def check_stock(self, found) -> None:
        """What is not on the shelf is in the order; what is held is wanted in an exchange."""
        asked = self.read(lambda s: returns_of(s, self.wallet.m, self.order_id))
        for variant_id in self.size:
            on_hand, reserved = self.wallet.till.shop.stock(variant_id)
            kept = sum(
                found.left(line.part) for line in found.lines if line.variant_id == variant_id
            )
            assert on_hand + kept == STOCK
            wanted = sum(
                swap.quantity
                for one in asked
                if one.state in ("requested", "approved")
                for swap in one.wants
                if swap.variant_id == variant_id
            )
            assert reserved == wanted


@given(st.sampled_from(["card", "bank"]), steps)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_after_any_deeds_money_and_stock_add_up(database: Database, method, deeds) -> None:
    world = World(database, method)
    world.check()
    for name, n in deeds:
        world.do(name, n)
    world.wallet.till.moody.mood = "paid"
    for _ in range(4):
        world.wallet.till.work()
    world.paid_out()
    world.check()
    assert world.order.paid_minor - world.order.refunded_minor <= world.order.totals.total_minor
