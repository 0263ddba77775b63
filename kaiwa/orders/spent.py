"""How much a customer has bought for: what a shop means by a good customer."""

from typing import Final

from kaiwa.engines.db import Session
from kaiwa.orders.order import orders_of

LOOKED_AT: Final = 200


def spent_minor(session: Session, merchant_id: int, customer_id: int) -> int:
    """The totals of the customer's newest orders that stand, refunds taken off.

    Every order of a shop is in the shop's currency.
    """
    found = orders_of(session, merchant_id, customer_id, limit=LOOKED_AT)
    return sum(
        one.totals.total_minor - one.refunded_minor for one in found if one.cancelled_at is None
    )
