"""A coupon: what it takes off, and when it may. Codes are compared without case."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal, TypeAlias

import msgspec

from kaiwa.engines.db import Row, Session
from kaiwa.orders.notice import NoticeCode
from kaiwa.vocabulary.errors import Invalid
from kaiwa.vocabulary.time import optional_micros, to_micros

CouponKind: TypeAlias = Literal["percent", "fixed", "free_shipping"]


class CouponRule(msgspec.Struct, frozen=True):
    """What a merchant sets. `handles` limit it to products; `most_uses` 1 means single use.

    `percent_hundredths` is 1250 for 12.5 %. It is good from `starts_at` until before `ends_at`.
    """

    code: str
    kind: CouponKind
    percent_hundredths: int = 0
    amount_minor: int = 0
    min_subtotal_minor: int = 0
    handles: tuple[str, ...] = ()
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    per_customer: int | None = None
    most_uses: int | None = None


class Coupon(msgspec.Struct, frozen=True):
    """One coupon of a merchant; `used` counts what is redeemed or being paid."""

    id: int
    rule: CouponRule
    used: int

    def refusal(self, subtotal_minor: int, at: datetime) -> NoticeCode | None:
        """Why it does not work on a purchase of this size now; None when it does."""
        rule = self.rule
        if rule.starts_at is not None and at < rule.starts_at:
            return "coupon_not_started"
        if rule.ends_at is not None and at >= rule.ends_at:
            return "coupon_expired"
        if rule.most_uses is not None and self.used >= rule.most_uses:
            return "coupon_used_up"
        if subtotal_minor < rule.min_subtotal_minor:
            return "coupon_minimum"
        return None


_COLUMNS = (
    "id, code, kind, percent_hundredths, amount_minor, min_subtotal_minor, handles,"
    " starts_at, ends_at, per_customer, most_uses, used"
)


def folded_code(code: str) -> str:
    """A code as it is compared: full width and case do not matter."""
    return unicodedata.normalize("NFKC", code).strip().upper()


def put_coupon(session: Session, merchant_id: int, rule: CouponRule, now: datetime) -> bool:
    """Write the coupon with this code, what was redeemed stays counted; whether it is new."""
    _sane(rule)
    code = folded_code(rule.code)
    known = coupons(session, merchant_id, [code])
    session.run(
        """INSERT INTO coupon (merchant_id, code, kind, percent_hundredths, amount_minor,
        min_subtotal_minor, handles, starts_at, ends_at, per_customer, most_uses, created_at)
        VALUES (:merchant_id, :code, :kind, :percent, :amount, :minimum, :handles, :starts, :ends,
        :per_customer, :most_uses, :now)
        ON CONFLICT (merchant_id, code) DO UPDATE SET kind = excluded.kind,
        percent_hundredths = excluded.percent_hundredths, amount_minor = excluded.amount_minor,
        min_subtotal_minor = excluded.min_subtotal_minor, handles = excluded.handles,
        starts_at = excluded.starts_at, ends_at = excluded.ends_at,
        per_customer = excluded.per_customer, most_uses = excluded.most_uses""",
        merchant_id=merchant_id,
        code=code,
        kind=rule.kind,
        percent=rule.percent_hundredths,
        amount=rule.amount_minor,
        minimum=rule.min_subtotal_minor,
        handles=msgspec.json.encode(rule.handles).decode(),
        starts=rule.starts_at and to_micros(rule.starts_at),
        ends=rule.ends_at and to_micros(rule.ends_at),
        per_customer=rule.per_customer,
        most_uses=rule.most_uses,
        now=to_micros(now),
    )
    return not known


def coupons(session: Session, merchant_id: int, codes: Sequence[str]) -> dict[str, Coupon]:
    """The coupons with these folded codes."""
    found: dict[str, Coupon] = {}
    for code in codes:
        row = session.one(
            f"SELECT {_COLUMNS} FROM coupon WHERE merchant_id = :merchant_id AND code = :code",
            merchant_id=merchant_id,
            code=code,
        )
        if row is not None:
            found[code] = _coupon(row)
    return found


def coupons_now(session: Session, merchant_id: int, at: datetime, most: int = 50) -> list[Coupon]:
    """The coupons that are good at this moment, those made last first."""
    rows = session.all(
        f"""SELECT {_COLUMNS} FROM coupon WHERE merchant_id = :merchant_id
        AND (starts_at IS NULL OR starts_at <= :at) AND (ends_at IS NULL OR ends_at > :at)
        AND (most_uses IS NULL OR used < most_uses) ORDER BY id DESC LIMIT :most""",
        merchant_id=merchant_id,
        at=to_micros(at),
        most=most,
    )
    return [_coupon(row) for row in rows]


def _sane(rule: CouponRule) -> None:
    if not folded_code(rule.code):
        raise Invalid("A coupon needs a code.")
    if rule.kind == "percent" and not 0 < rule.percent_hundredths <= 10_000:
        raise Invalid("A percentage is more than 0 and at most 100.")
    if rule.kind == "fixed" and rule.amount_minor <= 0:
        raise Invalid("An amount off is more than 0.")
    if rule.min_subtotal_minor < 0:
        raise Invalid("A minimum is not negative.")
    if rule.starts_at and rule.ends_at and rule.starts_at >= rule.ends_at:
        raise Invalid("The coupon ends before it starts.")


def _coupon(row: Row) -> Coupon:
    values: list[Any] = [*row[1:6], msgspec.json.decode(row[6], type=tuple[str, ...])]
    values += [optional_micros(row[7]), optional_micros(row[8]), row[9], row[10]]
    return Coupon(row[0], CouponRule(*values), row[11])
