"""Redeeming coupons: counted when the payment begins, given back when it fails.

The count is raised in one statement that refuses to pass the limit, so two who redeem the last use
at once redeem it once.
"""

from collections.abc import Sequence

import msgspec

from kaiwa.engines.db import Session
from kaiwa.orders.command import Command
from kaiwa.orders.coupon import Coupon
from kaiwa.orders.notice import Notice
from kaiwa.vocabulary.time import to_micros


class Redeemer(msgspec.Struct, frozen=True):
    """For which checkout a coupon is used, and by whom, as far as that is known."""

    checkout_id: int
    customer_id: int | None = None
    email: str | None = None


def redeem(
    session: Session, command: Command, found: Sequence[Coupon], who: Redeemer
) -> list[Notice]:
    """Use the coupons for the checkout; a notice for each that is used up or was used before.

    When there is a notice the caller gives all of them back with `give_back`.
    """
    notices = []
    for one in sorted(found, key=lambda coupon: coupon.id):
        if not _count(session, command.merchant_id, one.id):
            notices.append(Notice("coupon_used_up", one.rule.code))
            continue
        if used_up_by(session, command.merchant_id, one, who):
            _uncount(session, command.merchant_id, one.id)
            notices.append(Notice("coupon_already_used", one.rule.code))
            continue
        session.run(
            """INSERT INTO coupon_use (merchant_id, coupon_id, checkout_id, customer_id, email, at)
            VALUES (:merchant_id, :coupon, :checkout, :customer, :email, :at)""",
            merchant_id=command.merchant_id,
            coupon=one.id,
            checkout=who.checkout_id,
            customer=who.customer_id,
            email=who.email and who.email.casefold(),
            at=to_micros(command.at),
        )
    return notices


def give_back(session: Session, merchant_id: int, checkout_id: int) -> None:
    """The checkout did not use its coupons after all."""
    for (coupon_id,) in session.all(
        """DELETE FROM coupon_use WHERE merchant_id = :merchant_id AND checkout_id = :checkout
        RETURNING coupon_id""",
        merchant_id=merchant_id,
        checkout=checkout_id,
    ):
        _uncount(session, merchant_id, coupon_id)


def used_up_by(session: Session, merchant_id: int, one: Coupon, who: Redeemer) -> bool:
    """Whether this customer, or this e-mail address, has used the coupon as often as it may."""
    if one.rule.per_customer is None:
        return False
    row = session.one(
        """SELECT count(*) FROM coupon_use
        WHERE merchant_id = :merchant_id AND coupon_id = :coupon AND checkout_id <> :checkout
        AND (customer_id = CAST(:customer AS bigint) OR email = CAST(:email AS text))""",
        merchant_id=merchant_id,
        coupon=one.id,
        checkout=who.checkout_id,
        customer=who.customer_id,
        email=who.email and who.email.casefold(),
    )
    return row is not None and row[0] >= one.rule.per_customer


def _count(session: Session, merchant_id: int, coupon_id: int) -> bool:
    return bool(
        session.run(
            """UPDATE coupon SET used = used + 1 WHERE merchant_id = :merchant_id AND id = :id
            AND (most_uses IS NULL OR used < most_uses)""",
            merchant_id=merchant_id,
            id=coupon_id,
        )
    )


def _uncount(session: Session, merchant_id: int, coupon_id: int) -> None:
    session.run(
        "UPDATE coupon SET used = used - 1 WHERE merchant_id = :merchant_id AND id = :id",
        merchant_id=merchant_id,
        id=coupon_id,
    )
