"""Who speaks: a customer of the merchant, and how surely."""

import msgspec

from kaiwa.customers.customer import customer
from kaiwa.customers.grade import VERIFIED
from kaiwa.customers.identity import identities
from kaiwa.engines.db import Session


class Person(msgspec.Struct, frozen=True):
    """The customer that a turn is answered to.

    `emails` are addresses the merchant or the customer's own mailbox vouches for; what somebody
    merely says is none. `signed_in`: the merchant's log-in vouches for the person.
    """

    customer_id: int
    channel: str
    name: str = ""
    emails: tuple[str, ...] = ()
    signed_in: bool = False


def person(session: Session, merchant_id: int, customer_id: int, channel: str) -> Person:
    """The customer as a skill may know it; `NotFound`."""
    found = customer(session, merchant_id, customer_id)
    sure = [one for one in identities(session, merchant_id, customer_id) if one.grade in VERIFIED]
    emails = tuple(dict.fromkeys(one.value.casefold() for one in sure if "@" in one.value))
    return Person(customer_id, channel, found.name or "", emails, bool(sure))
