"""History comes in once, told as it was; what cannot be read is refused with its reason."""

import json
from datetime import UTC, datetime

import pytest

from kaiwa.engines.db import Database, Session
from kaiwa.merchants.merchant import Merchant, merchant
from kaiwa.orders.cancellation import CancelOrder, cancel_order
from kaiwa.orders.coupon import CouponRule
from kaiwa.orders.export import exported_orders
from kaiwa.orders.import_coupons import read_coupon
from kaiwa.orders.import_orders import read_order, take_order
from kaiwa.orders.order import order_by_number
from kaiwa.vocabulary.errors import Invalid
from tests.orders.shop import NOW, Shop

TOLD = {
    "number": "#A-1",
    "email": "Hanako@Example.com",
    "phone": "03-1234-5678",
    "name": "山田花子",
    "placed_at": "2026-10-01T10:00:00+09:00",
    "lines": [
        {"sku": "TEA", "quantity": 2, "price": "1080"},
        {"sku": "?", "quantity": 1, "price": 5},
    ],
    "status": "delivered",
    "delivered_at": "2026-10-03T12:00:00+09:00",
    "carrier": "ヤマト運輸",
    "tracking_number": "1234-5678-9013",
    "address": "東京都渋谷区神宮前1-2-3",
}


@pytest.fixture
def shop(database: Database) -> Shop:
    shop = Shop(database)
    shop.article("TEA", 1080, tax_class="reduced")
    return shop


def owner(session: Session, shop: Shop) -> Merchant:
    return merchant(session, shop.merchant_id)


def take(shop: Shop, **other: object) -> bool:
    told = read_order(json.dumps({**TOLD, **other}))
    return shop.db.write_now(lambda s: take_order(s, owner(s, shop), told, NOW))


def exported(shop: Shop) -> list[dict]:
    return [
        line
        for _, line in shop.db.read_now(lambda s: list(exported_orders(s, shop.merchant_id, 0)))
    ]


def test_an_order_is_taken_with_its_past(shop: Shop) -> None:
    assert take(shop) is True
    (line,) = exported(shop)
    assert line["number"] == "A-1"
    assert line["email"] == "hanako@example.com"
    assert (line["status"], line["delivered_at"]) == ("delivered", "2026-10-03T03:00:00.000Z")
    assert (line["carrier"], line["tracking_number"]) == ("yamato", "123456789013")
    assert [(one["sku"], one["quantity"], one["price"]) for one in line["lines"]] == [
        ("TEA", 2, "1080"),
        ("?", 1, "5"),
    ]
    assert line["total"] == "2165"
    assert line["taxes"] == [
        {"rate": 10, "net": 5, "tax": 0},
        {"rate": 8, "net": 2000, "tax": 160},
    ]


def test_the_same_order_again_only_goes_on(shop: Shop) -> None:
    assert take(shop, status="unfulfilled") is True
    assert exported(shop)[0]["status"] == "unfulfilled"
    for status in ("shipped", "delivered", "delivered"):
        assert take(shop, status=status) is False
        assert exported(shop)[0]["status"] == status
    assert len(exported(shop)) == 1


def test_what_was_exported_can_be_imported(shop: Shop, database: Database) -> None:
    take(shop)
    take(shop, number="A-2", status="cancelled")
    other = Shop(database)
    other.article("TEA", 1080, tax_class="reduced")
    for line in exported(shop):
        told = read_order(json.dumps(line))
        other.db.write_now(lambda s, told=told: take_order(s, owner(s, other), told, NOW))  # type: ignore[misc]
    ours, theirs = exported(shop), exported(other)
    names = (
        "number",
        "email",
        "lines",
        "status",
        "delivered_at",
        "tracking_number",
        "total",
        "taxes",
    )
    for mine, copy in zip(ours, theirs, strict=True):
        assert {n: mine[n] for n in names if n != "lines"} == {
            n: copy[n] for n in names if n != "lines"
        }


def test_a_tracking_number_that_cannot_be_is_kept_without_a_link(shop: Shop) -> None:
    take(shop, tracking_number="123456789012")
    assert exported(shop)[0]["carrier"] == "generic"


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"number": ""}, "needs a number"),
        ({"lines": []}, "needs lines"),
        ({"status": "lost"}, "status is one of"),
        ({"placed_at": "yesterday"}, "no ISO time"),
        ({"lines": [{"sku": "TEA", "quantity": 0, "price": 1}]}, "a quantity of 1 to 1000000"),
        ({"lines": [{"sku": "TEA", "quantity": 1, "price": "ten"}]}, "not an amount"),
        ({"lines": [{"sku": "TEA", "quantity": 1, "price": -1}]}, "prices cannot be"),
        ({"name": "a\0b"}, "no text"),
        ({"name": "\ud83c"}, "no text"),
        ({"lines": 3}, "not an order"),
    ],
)
def test_a_bad_order_is_refused_with_its_reason(shop: Shop, other: dict, reason: str) -> None:
    with pytest.raises(Invalid, match=reason):
        take(shop, **other)
    assert exported(shop) == []


def test_pictures_in_names_are_text(shop: Shop) -> None:
    assert take(shop, name="花子🍎")


def coupon(shop: Shop, **cells: str) -> CouponRule:
    return shop.db.read_now(lambda s: read_coupon(cells, owner(s, shop)))


def test_a_coupon_row_is_read(shop: Shop) -> None:
    assert coupon(shop, code="A", percent="12.5%", min_subtotal="3,000") == CouponRule(
        "A", "percent", percent_hundredths=1250, min_subtotal_minor=3000
    )
    rule = coupon(shop, code="B", amount="500", starts_at="2026-11-01", ends_at="2026-11-30")
    assert rule.starts_at == datetime(2026, 10, 31, 15, tzinfo=UTC)
    assert rule.ends_at == datetime(2026, 11, 30, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    "cells",
    [
        {"code": "A"},
        {"code": "A", "percent": "10", "amount": "5"},
        {"code": "A", "percent": "ten"},
        {"code": "A", "amount": "1.5"},
        {"code": "A", "amount": "1", "ends_at": "soon"},
        {"code": "A", "amount": "1", "most_uses": "0"},
    ],
)
def test_a_bad_coupon_row_is_refused(shop: Shop, cells: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        coupon(shop, **cells)


def test_cancelling_what_another_system_sold_moves_no_stock(shop: Shop) -> None:
    take(shop, status="unfulfilled")
    tea = shop.article("TEA", 1080, stock=7, tax_class="reduced")
    found = shop.db.read_now(lambda s: order_by_number(s, shop.merchant_id, " ＃Ａ-1"))
    assert found is not None
    request = CancelOrder(found)
    shop.db.write_now(lambda s: cancel_order(s, shop.command(), request, lambda s, fact: None))
    assert shop.stock(tea) == (7, 0)
    assert exported(shop)[0]["status"] == "cancelled"
