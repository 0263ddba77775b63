"""Reads coupons from a CSV: code,percent,amount,min_subtotal,starts_at,ends_at, in any order.

Also: products (handles, `;` between them), most_uses, per_customer, free_shipping. A day without
a time is meant in the shop's time zone, and the last day is still good.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from kaiwa.merchants.merchant import Merchant
from kaiwa.orders.coupon import CouponKind, CouponRule
from kaiwa.orders.totals import MOST
from kaiwa.vocabulary.errors import Invalid
from kaiwa.vocabulary.money import Money
from kaiwa.vocabulary.time import parse_iso

_LONGEST = 100
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_coupon(cells: dict[str, str], owner: Merchant) -> CouponRule:
    """One row, by column name; `Invalid` says what is wrong with it."""
    percent, amount = cells.get("percent", ""), cells.get("amount", "")
    free = cells.get("free_shipping", "").casefold() in ("1", "true", "yes", "y")
    if sum(map(bool, (percent, amount, free))) != 1:
        raise Invalid("A coupon has a percent or an amount.")
    if len(cells.get("code", "")) > _LONGEST:
        raise Invalid(f"A code has at most {_LONGEST} characters.")
    kind: CouponKind = "free_shipping" if free else "percent" if percent else "fixed"
    handles = cells.get("products", "").split(";")
    return CouponRule(
        cells.get("code", ""),
        kind,
        _percent(percent),
        _amount(amount, owner.currency),
        _amount(cells.get("min_subtotal", ""), owner.currency),
        tuple(handle.strip() for handle in handles if handle.strip()),
        _moment(cells.get("starts_at", ""), owner, last=False),
        _moment(cells.get("ends_at", ""), owner, last=True),
        _count(cells.get("per_customer", "")),
        _count(cells.get("most_uses", "")),
    )


def _percent(text: str) -> int:
    try:
        hundredths = Decimal(text.strip().rstrip("%％") or "0") * 100
    except InvalidOperation as error:
        raise Invalid(f"This is no percentage: {text!r}.") from error
    if not hundredths.is_finite() or hundredths != hundredths.to_integral_value():
        raise Invalid(f"A percentage has at most two decimals: {text!r}.")
    return int(hundredths)


def _amount(text: str, currency: str) -> int:
    try:
        amount = Money.parse(text.replace(",", ""), currency).amount_minor if text else 0
    except ValueError as error:
        raise Invalid(f"{error}.") from error
    if not 0 <= amount <= MOST:
        raise Invalid(f"This amount cannot be: {text!r}.")
    return amount


def _moment(text: str, owner: Merchant, *, last: bool) -> datetime | None:
    if not text:
        return None
    try:
        if not _DAY.fullmatch(text):
            return parse_iso(text)
        day = date.fromisoformat(text) + timedelta(days=1 if last else 0)
        return datetime.combine(day, time(), ZoneInfo(owner.timezone)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Invalid(f"This is no ISO time: {text!r}.") from error


def _count(text: str) -> int | None:
    if not text:
        return None
    if not text.isdecimal() or not 0 < int(text) < 10**9:
        raise Invalid(f"This is no number of uses: {text!r}.")
    return int(text)
