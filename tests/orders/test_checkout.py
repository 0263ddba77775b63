"""From cart to order: what is missing is asked for, what changed is told, what is paid is sold."""

from datetime import UTC, date, datetime

import pytest

from kaiwa.engines.db import Database
from kaiwa.merchants.hours import Hours
from kaiwa.merchants.voice import Voice
from kaiwa.merchants.voice_change import VoiceChange, change_voice
from kaiwa.orders import checkout as co
from kaiwa.orders.cart import CancelCart, cancel_cart
from kaiwa.orders.checkout_record import Gift
from kaiwa.orders.coupon import CouponRule, put_coupon
from kaiwa.orders.fact import OrderPaid, OrderPlaced
from kaiwa.orders.notice import Notice
from kaiwa.orders.shipping import Delivery
from kaiwa.orders.terms import GiftWrap, Terms, set_terms
from kaiwa.orders.totals import Entry
from kaiwa.vocabulary.errors import Conflict, Invalid, NotFound
from tests.orders.shop import NOW, Shop
from tests.orders.till import HANAKO, TOKYO, Till


@pytest.fixture
def till(database: Database) -> Till:
    return Till(Shop(database))


def test_what_is_missing_is_asked_for_until_it_is_ready(till: Till) -> None:
    cart = till.cart((till.shop.article("CUP"), 2))
    opened = till.open(cart.id)
    assert opened.state == "open"
    assert opened.checkout.body.missing == ("email", "address", "payment")
    view = till.update(opened.checkout.id, buyer=HANAKO)
    assert view.checkout.body.missing == ("address", "payment")
    view = till.update(opened.checkout.id, address=TOKYO)
    assert [(o.title, o.amount_minor) for o in view.options] == [("宅急便", 550)]
    assert view.methods == ("card", "cod", "bank")
    view = till.update(opened.checkout.id, method_id=till.methods["cod"])
    assert view.state == "ready"
    assert view.totals.entries == (
        Entry("subtotal", 2200),
        Entry("shipping", 550, "宅急便"),
        Entry("fee", 330, "代金引換"),
        Entry("total", 3080),
    )


def test_a_paid_checkout_is_an_order_and_the_stock_is_sold(till: Till) -> None:
    cup = till.shop.article("CUP", stock=5)
    cart = till.cart((cup, 2), customer_id=till.shop.customer())
    ready = till.ready(cart.id)
    assert till.shop.stock(cup) == (5, 2)
    done = till.complete(ready.checkout.id)
    assert done.state == "completed"
    assert till.shop.stock(cup) == (3, 0)
    bought = till.order(done.order_id)
    assert (bought.number, bought.state, bought.paid_minor) == ("1001", "processing", 2750)
    assert [(line.sku, line.quantity, line.unit_minor) for line in bought.lines] == [
        ("CUP", 2, 1100)
    ]
    assert bought.totals == ready.totals
    placed = OrderPlaced(till.shop.merchant_id, bought.id)
    assert till.facts == [placed, OrderPaid(till.shop.merchant_id, bought.id)]
    assert till.bought((cup, 1)).number == "1002"


def test_a_cart_has_one_checkout_and_is_converted_once(till: Till) -> None:
    cart = till.cart((till.shop.article("CUP"), 1))
    ready = till.ready(cart.id)
    assert till.open(cart.id).checkout.id == ready.checkout.id
    first = till.complete(ready.checkout.id)
    with pytest.raises(Conflict, match="completed"):
        till.complete(ready.checkout.id)
    with pytest.raises(Conflict, match="converted"):
        till.open(cart.id)
    assert till.show(ready.checkout.id).order_id == first.order_id


def test_a_price_that_changes_meanwhile_is_told_and_not_charged_silently(till: Till) -> None:
    till.shop.article("CUP", 1100)
    cart = till.cart((till.shop.article("CUP", 1100), 1))
    ready = till.ready(cart.id)
    till.shop.article("CUP", 1320)
    again = till.complete(ready.checkout.id)
    assert (again.state, again.order_id) == ("ready", None)
    assert again.body.notices == (
        Notice("price_changed", "CUP", 1100, 1320),
        Notice("total_changed", "", 1650, 1870),
    )
    assert till.complete(ready.checkout.id).state == "completed"


def test_what_is_taken_off_sale_meanwhile_is_told(till: Till) -> None:
    cup, tea = till.shop.article("CUP"), till.shop.article("TEA", 500)
    ready = till.ready(till.cart((cup, 1), (tea, 1)).id)
    till.db.write_now(lambda s: s.run("UPDATE product SET status = 'draft' WHERE handle = 'tea'"))
    again = till.complete(ready.checkout.id)
    assert again.state == "ready"
    assert again.body.notices[0] == Notice("item_unavailable", "TEA", 1, 0)
    assert [line.sku for line in again.body.lines] == ["CUP"]


def test_two_checkouts_share_what_there_is(till: Till) -> None:
    cup = till.shop.article("CUP", stock=3)
    one, two = till.cart((cup, 2)), till.cart((cup, 2))
    till.ready(one.id)
    second = till.open(two.id)
    assert second.checkout.body.lines[0].quantity == 1
    assert second.checkout.body.notices == (Notice("quantity_adjusted", "CUP", 2, 1),)
    with pytest.raises(Conflict, match="Nothing in this cart"):
        till.open(till_cart_of_sold_out(till, cup))


def till_cart_of_sold_out(till: Till, cup: int) -> int:
    cart = till.cart()
    till.db.write_now(
        lambda s: s.run(
            """INSERT INTO cart_line (merchant_id, cart_id, variant_id, quantity, seen_minor,
            added_at) VALUES (:m, :c, :v, 1, 1100, 0)""",
            m=till.shop.merchant_id,
            c=cart.id,
            v=cup,
        )
    )
    return cart.id


def test_a_checkout_expires_honestly_and_lets_go_of_its_stock(till: Till) -> None:
    cup = till.shop.article("CUP", stock=1)
    cart = till.cart((cup, 1))
    ready = till.ready(cart.id)
    till.wait(6 * 3600 - 1)
    assert till.show(ready.checkout.id).state == "ready"
    till.wait(1)
    assert till.show(ready.checkout.id).state == "expired"
    with pytest.raises(Conflict, match="expired"):
        till.complete(ready.checkout.id)
    assert till.work() == ["expire_checkout"]
    assert till.shop.stock(cup) == (1, 0)
    assert till.open(cart.id).checkout.id != ready.checkout.id


def test_a_cancelled_checkout_leaves_the_cart(till: Till) -> None:
    cup = till.shop.article("CUP", stock=1)
    cart = till.cart((cup, 1))
    ready = till.ready(cart.id)
    request = co.CancelCheckout(ready.checkout.id)
    gone = till.db.write_now(lambda s: co.cancel_checkout(s, till.shop.command(), request))
    assert gone.state == "canceled"
    assert till.shop.stock(cup) == (1, 0)
    assert till.ready(cart.id).state == "ready"


def test_a_coupon_wrapping_day_and_slot_are_part_of_it(till: Till) -> None:
    wrap = GiftWrap("ribbon", {"ja": "リボン", "en": "Ribbon"}, 220)
    till.db.write_now(lambda s: set_terms(s, till.shop.merchant_id, Terms(wraps=(wrap,))))
    rule = CouponRule("SHIP", "free_shipping")
    till.db.write_now(lambda s: put_coupon(s, till.shop.merchant_id, rule, NOW))
    cart = till.cart((till.shop.article("CUP"), 1))
    day = date(2026, 11, 25)
    view = till.ready(
        cart.id,
        gift=Gift("ribbon", "Happy birthday"),
        codes=("ship",),
        delivery=Delivery(day, "am"),
    )
    assert [(e.kind, e.amount_minor) for e in view.totals.entries] == [
        ("subtotal", 1100),
        ("shipping", 550),
        ("gift_wrap", 220),
        ("discount", -550),
        ("total", 1320),
    ]
    view = till.update(view.checkout.id, delivery=Delivery(date(2026, 11, 20), "03-04"))
    assert [n.code for n in view.checkout.body.notices] == ["date_unavailable", "slot_unavailable"]
    assert view.checkout.body.delivery == Delivery()
    with pytest.raises(Invalid, match="ribbon"):
        till.update(view.checkout.id, gift=Gift("bow"))


def test_shipping_is_free_from_the_threshold_after_discounts(till: Till) -> None:
    cup = till.shop.article("CUP", 5000)
    view = till.ready(till.cart((cup, 2)).id)
    assert view.totals.amount_of("shipping") == 0
    rule = CouponRule("OFF", "fixed", amount_minor=1)
    till.db.write_now(lambda s: put_coupon(s, till.shop.merchant_id, rule, NOW))
    assert till.update(view.checkout.id, codes=("OFF",)).totals.amount_of("shipping") == 550


def test_what_cannot_be_sent_there_is_told(till: Till) -> None:
    cart = till.cart((till.shop.article("CUP"), 1))
    abroad = TOKYO.__class__("J. Doe", "10001", "NY", "New York", "1 Street", country="US")
    view = till.ready(cart.id, address=abroad)
    assert (view.state, view.checkout.body.missing) == ("open", ("shipping",))
    assert view.checkout.body.notices == (Notice("address_undeliverable"),)


def test_nothing_to_pay_needs_no_payment(till: Till) -> None:
    for rule in (
        CouponRule("ALL", "percent", percent_hundredths=10_000),
        CouponRule("SHIP", "free_shipping"),
    ):
        till.db.write_now(lambda s, r=rule: put_coupon(s, till.shop.merchant_id, r, NOW))  # type: ignore[misc]
    opened = till.open(till.cart((till.shop.article("CUP"), 1)).id)
    view = till.update(opened.checkout.id, buyer=HANAKO, address=TOKYO, codes=("ALL", "SHIP"))
    assert (view.state, view.totals.total_minor) == ("ready", 0)
    done = till.complete(view.checkout.id)
    assert till.order(done.order_id).state == "processing"


def test_a_cart_changed_in_another_window_is_quoted_anew(till: Till) -> None:
    cup = till.shop.article("CUP")
    cart = till.cart((cup, 1))
    ready = till.ready(cart.id)
    till.db.write_now(
        lambda s: s.run("UPDATE cart_line SET quantity = 3 WHERE cart_id = :c", c=cart.id)
    )
    again = till.complete(ready.checkout.id)
    assert (again.state, again.body.lines[0].quantity) == ("ready", 3)
    assert again.totals.total_minor == 3850
    assert again.body.notices == (Notice("total_changed", "", 1650, 3850),)


def test_a_replayed_completion_has_one_effect(till: Till) -> None:
    ready = till.ready(till.cart((till.shop.article("CUP"), 1)).id)
    first = till.complete(ready.checkout.id, key="k")
    assert till.complete(ready.checkout.id, key="k").order_id == first.order_id
    assert len(till.moody.charged) == 1


def test_another_merchant_sees_no_checkout(till: Till, database: Database) -> None:
    ready = till.ready(till.cart((till.shop.article("CUP"), 1)).id)
    other = Till(Shop(database))
    with pytest.raises(NotFound):
        other.show(ready.checkout.id)
    with pytest.raises(NotFound):
        other.complete(ready.checkout.id)


def test_a_cart_thrown_away_takes_its_checkout_with_it(till: Till) -> None:
    cup = till.shop.article("CUP", stock=1)
    cart = till.cart((cup, 1))
    ready = till.ready(cart.id)
    request = CancelCart(cart.id)
    gone = till.db.write_now(lambda s: cancel_cart(s, till.shop.command(), request))
    assert gone.state == "cancelled"
    assert till.show(ready.checkout.id).state == "canceled"
    assert till.shop.stock(cup) == (1, 0)
    with pytest.raises(Conflict, match="canceled"):
        till.complete(ready.checkout.id)


@pytest.mark.parametrize(
    ("currency", "included", "entries"),
    [
        ("USD", False, [1998, 550, 199, 2747]),
        ("USD", True, [1998, 550, 2548]),
        ("KWD", False, [1998, 550, 199, 2747]),
        ("JPY", True, [1998, 550, 2548]),
    ],
)
def test_every_currency_and_kind_of_price_adds_up(
    database: Database, currency: str, included: bool, entries: list[int]
) -> None:
    till = Till(Shop(database, currency, included=included))
    ready = till.ready(till.cart((till.shop.article("CUP", 999), 2)).id)
    assert [entry.amount_minor for entry in ready.totals.entries] == entries
    done = till.order(till.complete(ready.checkout.id).order_id)
    assert (done.currency, done.paid_minor) == (currency, entries[-1])


@pytest.mark.parametrize(("currency", "rates"), [("USD", [10, 0]), ("JPY", [10])])
def test_what_is_charged_for_sending_carries_the_tax_of_japan_only_in_yen(
    database: Database, currency: str, rates: list[int]
) -> None:
    till = Till(Shop(database, currency))
    ready = till.ready(till.cart((till.shop.article("CUP", 999), 2)).id, "cod")
    told = [(line.rate_percent, line.gross_minor) for line in ready.totals.taxes]
    assert [rate for rate, _ in told] == rates
    assert sum(gross for _, gross in told) == ready.totals.total_minor == 1_998 + 550 + 330


def test_what_is_ordered_on_a_day_off_leaves_on_the_next_working_day(till: Till) -> None:
    # Monday, 23 November 2026 is a public holiday of Japan; parcels take two days.
    till.shop.now = datetime(2026, 11, 23, 3, tzinfo=UTC)
    cart = till.cart((till.shop.article("CUP"), 1))
    seen = till.open(cart.id).checkout.id
    view = till.update(seen, buyer=HANAKO, address=TOKYO)
    assert [one.first_day for one in view.options] == [date(2026, 11, 25)]
    shop = till.shop.merchant_id
    closed = VoiceChange(voice=Voice(hours=Hours(public_holidays=True)))
    till.shop.db.write_now(lambda s: change_voice(s, shop, closed, "agent:1", NOW))
    view = till.update(seen, delivery=Delivery(date(2026, 11, 25)))
    assert [one.first_day for one in view.options] == [date(2026, 11, 26)]
    assert view.checkout.body.delivery.day is None
    assert Notice("date_unavailable", "2026-11-25") in view.checkout.body.notices
