"""Looking after payments that wait for somebody: a webhook may be lost, the money is not.

A payment that the buyer was sent away for, or that comes later, is looked up again: after five
minutes, then after as long again as it has waited, at least every six hours. So is one that was
given up while the provider's page was still open. People say of the ones by hand.
"""

from datetime import datetime, timedelta
from typing import Final

from kaiwa.engines.db import Session
from kaiwa.engines.queue import NewJob, enqueue
from kaiwa.orders.command import Command
from kaiwa.orders.payment import Payment
from kaiwa.orders.payment_method import Method
from kaiwa.payments import Ability, provider

FIRST: Final = timedelta(minutes=5)
LATEST: Final = timedelta(hours=6)
# A voucher lives 60 days at the most; nobody keeps a page of a provider open for more than a day.
LONGEST_PENDING: Final = timedelta(days=62)
LONGEST_AWAY: Final = timedelta(days=2)


def next_look(paid: Payment, way: Method, now: datetime) -> datetime | None:
    """When to ask the provider again what became of it; None when nothing more can come."""
    kind = provider(way.provider)
    if Ability.BY_HAND in kind.abilities or Ability.FOR_TESTS in kind.abilities:
        return None
    age = now - paid.created_at
    match paid.state:
        case "pending":
            longest = LONGEST_PENDING
        case "needs_buyer" | "needs_auth" | "abandoned":
            longest = LONGEST_AWAY
        case _:
            return None
    return now + min(max(age, FIRST), LATEST) if age < longest else None


def look_later(session: Session, command: Command, paid: Payment, at: datetime | None) -> None:
    """Have it looked up then."""
    if at is None:
        return
    place = f"{command.merchant_id} {paid.id}"
    job = NewJob("orders", "settle", place, key=f"settle:{paid.id}", due_at=at)
    enqueue(session, job, command.at)
