"""Two customers whom the merchant's own log-in knows by different names are never made one."""

from kaiwa.customers.identity import identities
from kaiwa.engines.db import Session


def told_apart(session: Session, merchant_id: int, pair: tuple[int, int]) -> bool:
    """Whether the same chat's log-in knows both by different names."""
    one, other = (
        {
            (address.inbox_id, address.kind): address.value
            for address in identities(session, merchant_id, customer_id)
            if address.grade == "signed_in" and address.kind == "member"
        }
        for customer_id in pair
    )
    return any(other.get(place, value) != value for place, value in one.items())
