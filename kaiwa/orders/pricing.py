"""From what is wanted to a bill: offers, then charges, then coupons, each as it is now."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from kaiwa.engines.db import Session
from kaiwa.orders.coupon import Coupon, coupons
from kaiwa.orders.notice import Notice
from kaiwa.orders.offer import Offer
from kaiwa.orders.redemption import Redeemer, used_up_by
from kaiwa.orders.tax import Rounding
from kaiwa.orders.totals import Bill, Part, with_discount


class Item(msgspec.Struct, frozen=True):
    """So many of an offer."""

    offer: Offer
    quantity: int

    @property
    def part_key(self) -> str:
        """Its name in the bill."""
        return f"v{self.offer.variant_id}"

    def part(self) -> Part:
        """The item as something to pay for."""
        offer = self.offer
        return Part(
            self.part_key,
            "item",
            offer.price.amount_minor,
            self.quantity,
            offer.tax_class,
            offer.tax_included,
            offer.title,
        )


class Using(msgspec.Struct, frozen=True):
    """The codes to apply, for whom and when."""

    codes: tuple[str, ...]
    who: Redeemer
    at: datetime


def bill_for(
    currency: str, rounding: Rounding, items: Sequence[Item], charges: Sequence[Part] = ()
) -> Bill:
    """The bill before coupons."""
    parts = tuple(item.part() for item in items if item.quantity)
    return Bill(currency, (*parts, *charges), (), rounding)


def with_coupons(
    session: Session, merchant_id: int, bill: Bill, items: Sequence[Item], using: Using
) -> tuple[Bill, list[Notice], list[Coupon]]:
    """Apply the codes in their order; a notice for each that does not work, and those that do."""
    known = coupons(session, merchant_id, using.codes)
    goods = sum(part.amount_minor for part in bill.parts if part.kind == "item")
    notices: list[Notice] = []
    working: list[Coupon] = []
    for code in using.codes:
        one = known.get(code)
        if one is None:
            notices.append(Notice("coupon_invalid", code))
            continue
        refusal = one.refusal(goods, using.at)
        if refusal is None and used_up_by(session, merchant_id, one, using.who):
            refusal = "coupon_already_used"
        keys = _eligible(one, items)
        if refusal is None and one.rule.kind != "free_shipping" and not keys:
            refusal = "coupon_not_for_these"
        if refusal is not None:
            minimum = one.rule.min_subtotal_minor if refusal == "coupon_minimum" else None
            notices.append(Notice(refusal, code, was=goods if minimum else None, now=minimum))
            continue
        bill = _lowered(bill, one, keys)
        working.append(one)
    return bill, notices, working


def _eligible(one: Coupon, items: Sequence[Item]) -> frozenset[str]:
    return frozenset(
        item.part_key
        for item in items
        if item.quantity and (not one.rule.handles or item.offer.handle in one.rule.handles)
    )


def _lowered(bill: Bill, one: Coupon, keys: frozenset[str]) -> Bill:
    rule = one.rule
    left = {part.key: bill.left(part) for part in bill.parts}
    if rule.kind == "free_shipping":
        posts = {part.key: left[part.key] for part in bill.parts if part.kind == "shipping"}
        return with_discount(bill, rule.code, "shipping", sum(posts.values()), posts)
    goods: Mapping[str, int] = {key: left[key] for key in left if key in keys}
    if rule.kind == "percent":
        amount = sum(goods.values()) * rule.percent_hundredths // 10_000
        return with_discount(bill, rule.code, "items" if rule.handles else "order", amount, goods)
    amount = min(rule.amount_minor, sum(goods.values()))
    if rule.handles:
        return with_discount(bill, rule.code, "items", amount, goods)
    # An amount off the whole order lowers its shipping in proportion too, as the tax office counts.
    posts = {part.key: left[part.key] for part in bill.parts if part.kind == "shipping"}
    return with_discount(bill, rule.code, "order", amount, {**goods, **posts})
