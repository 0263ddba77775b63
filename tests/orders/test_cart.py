"""A cart remembers what is wanted; prices and stock are read anew at each look."""

import pytest

from kaiwa.engines.db import Database
from kaiwa.orders import cart as c
from kaiwa.orders.coupon import CouponRule, put_coupon
from kaiwa.orders.notice import Notice
from kaiwa.vocabulary.errors import Conflict, NotFound
from tests.orders.shop import NOW, Shop


@pytest.fixture
def shop(database: Database) -> Shop:
    return Shop(database)


def new_cart(shop: Shop, customer_id: int | None = None) -> c.Cart:
    return shop.db.write_now(lambda s: c.create_cart(s, shop.command(), c.CreateCart(customer_id)))


def add(shop: Shop, cart_id: int, variant_id: int, quantity: int = 1, **given) -> c.Cart:
    request = c.AddToCart(cart_id, variant_id, quantity)
    return shop.db.write_now(lambda s: c.add_to_cart(s, shop.command(**given), request))


def show(shop: Shop, cart_id: int) -> c.Cart:
    return shop.db.read_now(lambda s: c.show_cart(s, shop.command(), cart_id))


def test_a_customer_has_one_active_cart(shop: Shop) -> None:
    someone = shop.customer()
    first = new_cart(shop, someone)
    assert new_cart(shop, someone).id == first.id
    assert new_cart(shop, shop.customer("Taro")).id != first.id
    assert new_cart(shop).id != new_cart(shop).id


def test_what_is_put_in_is_added_up(shop: Shop) -> None:
    cup, tea = shop.article("CUP", 1100), shop.article("TEA", 1080, tax_class="reduced")
    cart = new_cart(shop)
    add(shop, cart.id, cup)
    add(shop, cart.id, tea, 2)
    cart = add(shop, cart.id, cup)
    assert [(line.sku, line.quantity) for line in cart.lines] == [("CUP", 2), ("TEA", 2)]
    assert cart.totals.total_minor == 4360
    assert cart.version == 4


def test_a_quantity_is_clamped_to_the_stock_and_told(shop: Shop) -> None:
    cup = shop.article("CUP", stock=3)
    cart = add(shop, new_cart(shop).id, cup, 5)
    assert cart.lines[0].quantity == 3
    assert cart.notices == (Notice("quantity_adjusted", "CUP", 5, 3),)
    shop.article("CUP", stock=0)
    cart = show(shop, cart.id)
    assert (cart.lines[0].wanted, cart.lines[0].quantity) == (3, 0)
    assert cart.notices == (Notice("out_of_stock", "CUP", 3, 0),)
    assert cart.totals.total_minor == 0


def test_what_is_sold_out_is_not_put_in(shop: Shop) -> None:
    cart = add(shop, new_cart(shop).id, shop.article("CUP", stock=0))
    assert cart.lines == ()
    assert cart.notices == (Notice("out_of_stock", "CUP", 1, 0),)


def test_a_changed_price_is_told_until_it_was_seen(shop: Shop) -> None:
    cup = shop.article("CUP", 1100)
    cart = add(shop, new_cart(shop).id, cup)
    shop.article("CUP", 1320)
    assert show(shop, cart.id).notices == (Notice("price_changed", "CUP", 1100, 1320),)
    assert show(shop, cart.id).totals.total_minor == 1320
    assert add(shop, cart.id, cup).notices == (Notice("price_changed", "CUP", 1100, 1320),)
    assert show(shop, cart.id).notices == ()


def test_a_line_is_changed_and_taken_out(shop: Shop) -> None:
    cup = shop.article("CUP")
    cart = add(shop, new_cart(shop).id, cup)

    def change(quantity: int) -> c.Cart:
        request = c.ChangeLine(cart.id, cup, quantity)
        return shop.db.write_now(lambda s: c.change_line(s, shop.command(), request))

    assert change(4).lines[0].quantity == 4
    assert change(0).lines == ()
    with pytest.raises(NotFound):
        change(1)


def test_a_replayed_command_has_one_effect_and_the_same_answer(shop: Shop) -> None:
    cup = shop.article("CUP")
    cart = new_cart(shop)
    first = add(shop, cart.id, cup, key="k1")
    assert add(shop, cart.id, cup, key="k1") == first
    assert show(shop, cart.id).lines[0].quantity == 1
    with pytest.raises(Conflict):
        add(shop, cart.id, cup, 2, key="k1")
    assert add(shop, cart.id, cup, key="k1", principal="agent:1").lines[0].quantity == 2


def test_a_key_is_forgotten_after_48_hours(shop: Shop) -> None:
    cup = shop.article("CUP")
    cart = new_cart(shop)
    add(shop, cart.id, cup, key="k1")
    shop.now = NOW.replace(day=23)
    assert add(shop, cart.id, cup, key="k1").lines[0].quantity == 2


def test_who_saw_an_older_cart_is_refused(shop: Shop) -> None:
    cup = shop.article("CUP")
    cart = new_cart(shop)
    add(shop, cart.id, cup, version=1)
    with pytest.raises(Conflict):
        add(shop, cart.id, cup, version=1)
    assert show(shop, cart.id).lines[0].quantity == 1


def test_another_merchants_cart_and_articles_do_not_exist(shop: Shop, database: Database) -> None:
    other = Shop(database)
    cup, theirs = shop.article("CUP"), other.article("CUP")
    cart = new_cart(shop)
    for who, variant in ((other, cup), (other, theirs), (shop, theirs)):
        with pytest.raises(NotFound):
            add(who, cart.id, variant)


def codes(shop: Shop, cart_id: int, *given: str) -> c.Cart:
    request = c.SetCodes(cart_id, given)
    return shop.db.write_now(lambda s: c.set_codes(s, shop.command(), request))


def coupon(shop: Shop, rule: CouponRule) -> None:
    shop.db.write_now(lambda s: put_coupon(s, shop.merchant_id, rule, NOW))


@pytest.mark.parametrize(
    ("rule", "off", "told"),
    [
        (CouponRule("A", "percent", percent_hundredths=1250), 410, None),
        (CouponRule("A", "fixed", amount_minor=500), 500, None),
        (CouponRule("A", "fixed", amount_minor=99_999), 3280, None),
        (CouponRule("A", "fixed", amount_minor=5000, handles=("tea",)), 1080, None),
        (CouponRule("A", "percent", percent_hundredths=1000, handles=("nothing",)), 0,
         "coupon_not_for_these"),
        (CouponRule("A", "fixed", amount_minor=1, min_subtotal_minor=3281), 0, "coupon_minimum"),
        (CouponRule("A", "fixed", amount_minor=1, starts_at=NOW.replace(day=21)), 0,
         "coupon_not_started"),
        (CouponRule("A", "fixed", amount_minor=1, ends_at=NOW), 0, "coupon_expired"),
        (CouponRule("B", "fixed", amount_minor=1), 0, "coupon_invalid"),
    ],
)  # fmt: skip
def test_a_coupon_works_by_its_rule(
    shop: Shop, rule: CouponRule, off: int, told: str | None
) -> None:
    cart = new_cart(shop)
    add(shop, cart.id, shop.article("CUP", 1100), 2)
    add(shop, cart.id, shop.article("TEA", 1080, tax_class="reduced"))
    coupon(shop, rule)
    cart = codes(shop, cart.id, " ａ ")
    assert cart.totals.total_minor == 3280 - off
    assert [notice.code for notice in cart.notices] == ([told] if told else [])
    kept = told not in ("coupon_invalid", "coupon_expired")
    assert show(shop, cart.id).codes == (("A",) if kept else ())
