"""Where a customer had things sent before: the addresses of their orders, newest first."""

from typing import Final

from kaiwa.engines.db import Session
from kaiwa.orders.address import PostalAddress
from kaiwa.orders.order import orders_of

MOST: Final = 5


def known_addresses(
    session: Session, merchant_id: int, customer_id: int | None
) -> list[PostalAddress]:
    """Up to `MOST` different addresses; none of somebody we do not know."""
    if customer_id is None:
        return []
    found = [one.body.address for one in orders_of(session, merchant_id, customer_id)]
    return list(dict.fromkeys(one for one in found if one is not None))[:MOST]
