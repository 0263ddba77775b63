"""Many at once: what there is ten times is sold ten times, what is single is used once."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from kaiwa.engines.db import Database
from kaiwa.orders.cart import AddToCart, CreateCart, add_to_cart, create_cart
from kaiwa.orders.coupon import CouponRule, put_coupon
from kaiwa.payments import Outcome
from kaiwa.vocabulary.errors import Conflict
from tests.orders.shop import NOW, Shop
from tests.orders.till import Till

THREADS = 8


@pytest.fixture
def till(database: Database) -> Till:
    return Till(Shop(database))


def at_once(count: int, deed: Callable[[int], object]) -> Counter[str]:
    """Do it so many times on several threads; how each ended."""

    def one(n: int) -> str:
        try:
            return str(deed(n))
        except Conflict as error:
            return error.code

    with ThreadPoolExecutor(THREADS) as threads:
        return Counter(threads.map(one, range(count)))


def number(till: Till, sql: str) -> int:
    row = till.db.read_now(lambda s: s.one(sql))
    assert row is not None
    return int(row[0])


def test_200_shoppers_racing_for_10_cups_buy_exactly_10(till: Till) -> None:
    cup = till.shop.article("CUP", stock=10)

    def shop(n: int) -> str:
        cart = till.cart((cup, 1))
        if not cart.lines:
            return "sold out"
        ready = till.ready(cart.id)
        return till.complete(ready.checkout.id).state

    ends = at_once(200, shop)
    assert ends["completed"] == 10
    assert set(ends) <= {"completed", "sold out", "conflict"}
    assert till.shop.stock(cup) == (0, 0)
    assert number(till, "SELECT count(*) FROM shop_order") == 10
    assert number(till, "SELECT sum(quantity) FROM order_line") == 10
    numbers = till.db.read_now(lambda s: s.all("SELECT number FROM shop_order ORDER BY id"))
    assert sorted(int(row[0]) for row in numbers) == list(range(1001, 1011))


def test_the_same_command_from_many_threads_has_one_effect(till: Till) -> None:
    cup = till.shop.article("CUP", stock=500)
    cart = till.cart()

    def add(n: int) -> str:
        request = AddToCart(cart.id, cup, 2)
        command = till.shop.command(f"key-{n % 5}")
        done = till.db.write_now(lambda s: add_to_cart(s, command, request))
        return f"{n % 5}: {done.lines[0].quantity}"

    ends = at_once(40, add)
    assert len(ends) == 5, "the same key had different answers"
    assert number(till, "SELECT quantity FROM cart_line") == 10


def test_one_customer_gets_one_cart_from_many_threads(till: Till) -> None:
    someone = till.shop.customer()

    def begin(n: int) -> int:
        request = CreateCart(someone)
        return till.db.write_now(lambda s: create_cart(s, till.shop.command(), request)).id

    assert len(at_once(40, begin)) == 1


def test_a_single_use_coupon_is_used_once(till: Till) -> None:
    cup = till.shop.article("CUP")
    rule = CouponRule("ONCE", "fixed", amount_minor=500, most_uses=1)
    till.db.write_now(lambda s: put_coupon(s, till.shop.merchant_id, rule, NOW))
    ready = [till.ready(till.cart((cup, 1)).id, codes=("ONCE",)) for _ in range(8)]
    assert {one.totals.total_minor for one in ready} == {1150}
    ends = at_once(8, lambda n: till.complete(ready[n].checkout.id).state)
    assert ends == {"completed": 1, "ready": 7}
    refused = [till.show(one.checkout.id) for one in ready]
    told = [one.body.notices[0].code for one in refused if one.state == "ready"]
    assert told == ["coupon_used_up"] * 7
    assert number(till, "SELECT used FROM coupon") == 1
    assert {one.totals.total_minor for one in refused if one.state == "ready"} == {1650}


def test_a_coupon_per_customer_is_used_once_by_each(till: Till) -> None:
    cup = till.shop.article("CUP")
    rule = CouponRule("EACH", "fixed", amount_minor=500, per_customer=1)
    till.db.write_now(lambda s: put_coupon(s, till.shop.merchant_id, rule, NOW))
    ready = [till.ready(till.cart((cup, 1)).id, codes=("EACH",)) for _ in range(6)]
    ends = at_once(6, lambda n: till.complete(ready[n].checkout.id).state)
    assert ends == {"completed": 1, "ready": 5}


def test_a_cart_is_converted_once_however_often_it_is_completed(till: Till) -> None:
    cup = till.shop.article("CUP", stock=50)
    ready = till.ready(till.cart((cup, 1)).id)
    at_once(16, lambda n: till.complete(ready.checkout.id).state)
    assert till.show(ready.checkout.id).state == "completed"
    assert number(till, "SELECT count(*) FROM shop_order") == 1
    assert number(till, "SELECT count(*) FROM payment") == 1
    assert till.shop.stock(cup) == (49, 0)
    assert len(till.moody.charged) == 1


def test_a_cart_opened_many_times_at_once_has_one_checkout(till: Till) -> None:
    cart = till.cart((till.shop.article("CUP"), 1))
    assert len(at_once(16, lambda n: till.open(cart.id).checkout.id)) == 1


def test_the_queue_and_the_door_conclude_the_same_payment_once(till: Till) -> None:
    cup = till.shop.article("CUP", stock=50)
    ready = [till.ready(till.cart((cup, 1)).id) for _ in range(8)]
    for one in ready:
        till.begin(one.checkout.id)
    paid = [till.payment(one.checkout.id) for one in ready]
    at_once(32, lambda n: till.answer(paid[n % 8].id, Outcome("paid", f"r{n}")).state)
    assert number(till, "SELECT count(*) FROM shop_order") == 8
    assert number(till, "SELECT sum(paid_minor) FROM shop_order") == 8 * 1650
    assert till.shop.stock(cup) == (42, 0)
