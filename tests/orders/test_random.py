"""Whatever is done in whatever order: no forbidden state, and money and stock add up."""

import contextlib
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kaiwa.engines.db import Database
from kaiwa.orders import checkout as co
from kaiwa.orders.adjustment import Adjustment, adjustments
from kaiwa.orders.cancellation import CancelOrder, cancel_order
from kaiwa.orders.cart import AddToCart, ChangeLine, add_to_cart, change_line
from kaiwa.orders.change import ChangeOrder, RefundOrder, change_order, refund_order
from kaiwa.orders.checkout_record import ENDED, STEPS, State
from kaiwa.orders.coupon import CouponRule, put_coupon
from kaiwa.orders.order import Order
from kaiwa.orders.payment import PAYMENT_STEPS
from kaiwa.orders.return_request import AskReturn, DecideReturn, ask_return, decide_return
from kaiwa.orders.shipment import ParcelNews, ShipOrder, record_news, ship_order
from kaiwa.payments import Outcome
from kaiwa.vocabulary.errors import Conflict, KaiwaError
from tests.orders.shop import NOW, Shop
from tests.orders.till import Till

DEEDS = (
    "add change open say say complete complete complete begin begin work work wait answer answer "
    "cancel_checkout ship ship news news cancel reduce refund ask_return decide_return price mood"
).split()
STOCK = 6
steps = st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 7)), min_size=4, max_size=22)


class World:
    """One shop, one cart at a time, and everything that can be done."""

    def __init__(self, database: Database) -> None:
        self.till = till = Till(Shop(database))
        self.articles = [
            till.shop.article("CUP", 1100, STOCK),
            till.shop.article("TEA", 1080, STOCK, "reduced"),
        ]
        rule = CouponRule("OFF", "fixed", amount_minor=300, most_uses=2)
        till.db.write_now(lambda s: put_coupon(s, till.shop.merchant_id, rule, NOW))
        self.cart_id = till.cart((self.articles[0], 1)).id

    def do(self, name: str, n: int) -> None:
        before = self.states()
        with contextlib.suppress(KaiwaError):
            getattr(self, name)(n)
        self.check(before)

    def add(self, n: int) -> None:
        request = AddToCart(self.cart_id, self.articles[n % 2], 1 + n // 2)
        self.write(add_to_cart, request)

    def change(self, n: int) -> None:
        self.write(change_line, ChangeLine(self.cart_id, self.articles[n % 2], n // 2))

    def open(self, n: int) -> None:
        try:
            self.till.open(self.cart_id)
        except Conflict as error:
            if error.detail.get("state") == "converted":
                self.cart_id = self.till.cart((self.articles[n % 2], 1)).id

    def say(self, n: int) -> None:
        method = ("card", "bank", "cod")[n % 3]
        self.till.ready(self.cart_id, method, codes=("OFF",) if n % 2 else ())

    def complete(self, n: int) -> None:
        self.till.complete(self.newest("checkout"))

    def begin(self, n: int) -> None:
        self.till.begin(self.newest("checkout"))

    def work(self, n: int) -> None:
        self.till.work()

    def wait(self, n: int) -> None:
        self.till.wait((40, 3600, 7 * 3600, 26 * 3600)[n % 4])

    def answer(self, n: int) -> None:
        states = (
            "paid",
            "pending",
            "failed",
            "needs_buyer",
            "needs_auth",
            "not_seen",
            "paid",
            "paid",
        )
        self.till.answer(self.some("payment", n), Outcome(states[n], f"r{n}"))  # type: ignore[arg-type]

    def cancel_checkout(self, n: int) -> None:
        self.write(co.cancel_checkout, co.CancelCheckout(self.newest("checkout")))

    def ship(self, n: int) -> None:
        lines = {f"v{self.articles[0]}": 1} if n % 2 else None
        self.told(ship_order, ShipOrder(self.some("shop_order", n), lines=lines))

    def news(self, n: int) -> None:
        at = self.till.shop.now + timedelta(minutes=n - 2)
        state = ("delivered", "in_transit")[n % 2]
        self.told(record_news, ParcelNews(self.some("shipment", n), state, at))  # type: ignore[arg-type]

    def cancel(self, n: int) -> None:
        self.told(cancel_order, CancelOrder(self.some("shop_order", n)))

    def reduce(self, n: int) -> None:
        lines = {f"v{self.articles[n % 2]}": n // 4}
        self.told(change_order, ChangeOrder(self.some("shop_order", n), lines=lines))

    def refund(self, n: int) -> None:
        self.told(refund_order, RefundOrder(self.some("shop_order", n), 1 + 97 * n, "sorry"))

    def ask_return(self, n: int) -> None:
        lines = {f"v{self.articles[n % 2]}": 1}
        self.told(ask_return, AskReturn(self.some("shop_order", n), lines, "no"))

    def decide_return(self, n: int) -> None:
        to = ("approved", "received", "approved", "received", "withdrawn")[n % 5]
        self.told(decide_return, DecideReturn(self.some("return_request", n), to))  # type: ignore[arg-type]

    def price(self, n: int) -> None:
        self.till.db.write_now(
            lambda s: s.run(
                "UPDATE variant SET amount_minor = :a WHERE id = :v", a=900 + n, v=self.articles[0]
            )
        )

    def mood(self, n: int) -> None:
        moods = ("paid", "paid", "failed", "away", "lost", "needs_buyer", "needs_auth", "pending")
        self.till.moody.mood = moods[n]

    def write(self, verb, request):
        return self.till.db.write_now(lambda s: verb(s, self.till.shop.command(), request))

    def told(self, verb, request):
        return self.till.db.write_now(
            lambda s: verb(s, self.till.shop.command(), request, self.till.announce)
        )

    def ids(self, table: str) -> list[int]:
        rows = self.till.db.read_now(
            lambda s: s.all(
                f"SELECT id FROM {table} WHERE merchant_id = :m ORDER BY id",
                m=self.till.shop.merchant_id,
            )
        )
        return [row[0] for row in rows]

    def newest(self, table: str) -> int:
        return self.some(table, -1)

    def some(self, table: str, n: int) -> int:
        found = self.ids(table)
        if not found:
            raise Conflict("There is none yet.")
        return found[n % len(found)]

    def states(self) -> dict[tuple[str, int], str]:
        m = self.till.shop.merchant_id

        def read(s):
            return {
                (table, row[0]): row[1]
                for table in ("checkout", "payment")
                for row in s.all(f"SELECT id, state FROM {table} WHERE merchant_id = :m", m=m)
            }

        return self.till.db.read_now(read)

    def check(self, before: dict[tuple[str, int], str]) -> None:
        for (table, row), state in self.states().items():
            was = before.get((table, row))
            if was is not None and was != state:
                table_of = STEPS if table == "checkout" else PAYMENT_STEPS
                assert state in _reach(table_of, was), f"{table}: {was} -> {state}"
        self.check_orders()
        self.check_stock()
        self.check_money()

    def check_orders(self) -> None:
        till = self.till
        checkouts = [till.show(one) for one in self.ids("checkout")]
        for one in checkouts:
            adds_up(one.totals)
            assert (one.order_id is not None) == (one.state == "completed")
        living = [one.cart_id for one in checkouts if one.state not in ENDED]
        assert len(living) == len(set(living))
        for order_id in self.ids("shop_order"):
            found = till.order(order_id)
            changes = self.changes(found)
            every = [found.original_totals, *(one.totals for one in changes)]
            for totals in (*every, found.totals):
                adds_up(totals)
            assert sum(one.total_minor for one in every) == found.totals.total_minor >= 0
            assert found.state != "cancelled" or found.totals.total_minor == 0
            assert all(found.shipped.get(line.part, 0) <= line.quantity for line in found.lines)

    def changes(self, found: Order) -> list[Adjustment]:
        m = self.till.shop.merchant_id
        return self.till.db.read_now(lambda s: adjustments(s, m, found))

    def check_stock(self) -> None:
        m = self.till.shop.merchant_id
        sums = self.till.db.read_now(
            lambda s: s.all(
                """SELECT s.variant_id, s.on_hand, s.reserved, COALESCE((SELECT sum(r.quantity)
                FROM stock_reservation r WHERE r.variant_id = s.variant_id), 0)
                FROM stock s WHERE s.merchant_id = :m""",
                m=m,
            )
        )
        for variant_id, on_hand, reserved, held in sums:
            assert 0 <= reserved == held
            assert on_hand - reserved >= 0
            assert on_hand + self.sold(variant_id) == STOCK

    def sold(self, variant_id: int) -> int:
        orders = [self.till.order(one) for one in self.ids("shop_order")]
        return sum(0 if o.cancelled_at else o.left(f"v{variant_id}") for o in orders)

    def check_money(self) -> None:
        m = self.till.shop.merchant_id

        def read(s):
            def one(sql: str) -> int:
                return s.one(sql, m=m)[0]

            return (
                one("SELECT COALESCE(sum(paid_minor), 0) FROM shop_order WHERE merchant_id = :m"),
                one(
                    "SELECT COALESCE(sum(amount_minor), 0) FROM payment"
                    " WHERE merchant_id = :m AND state = 'paid'"
                ),
                one(
                    "SELECT COALESCE(sum(amount_minor), 0) FROM payment"
                    " WHERE merchant_id = :m AND state = 'unwanted'"
                ),
                one(
                    "SELECT COALESCE(sum(amount_minor), 0) FROM refund"
                    " WHERE merchant_id = :m AND adjustment_id IS NULL"
                ),
                one("SELECT used FROM coupon WHERE merchant_id = :m"),
                one("SELECT count(*) FROM coupon_use WHERE merchant_id = :m"),
            )

        received, paid, unwanted, owed, used, uses = self.till.db.read_now(read)
        assert received == paid
        assert unwanted == owed
        assert used == uses <= 2


def _reach(table, state: State | str) -> set[str]:
    """What one command can lead to: through states in which nobody can see it."""
    found, todo = set(), [state]
    while todo:
        for one in table[todo.pop()]:
            if one not in found:
                found.add(one)
                todo.append(one)
    return found


def adds_up(totals) -> None:
    assert sum(e.amount_minor for e in totals.entries[:-1]) == totals.total_minor
    assert sum(t.gross_minor for t in totals.taxes) == totals.total_minor
    assert [e.kind for e in totals.entries].count("total") == 1


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=steps)
def test_nothing_that_is_done_breaks_the_shop(database: Database, steps: list) -> None:
    world = World(database)
    # Half of them begin after an order, so that what comes later is reached often.
    begun = [("say", len(steps)), ("complete", 0)] if len(steps) % 2 else []
    for name, n in [*begun, *steps]:
        world.do(name, n)
