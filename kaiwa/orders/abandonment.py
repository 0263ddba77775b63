"""The timer that watches a cart: set when the cart changes, gone when it is ordered.

A cart has at most one. It is not moved at every change: when it rings too early, it looks again.
"""

from datetime import datetime, timedelta

from kaiwa.engines.db import Session
from kaiwa.engines.queue import NewJob, cancel, enqueue
from kaiwa.orders.command import Command
from kaiwa.orders.terms import terms


def watch(session: Session, command: Command, cart_id: int, touched_at: datetime) -> None:
    """Look at the cart when it has been left for as long as the merchant says; never when 0."""
    minutes = terms(session, command.merchant_id).abandoned_after_minutes
    if not minutes:
        return
    job = NewJob(
        "carts",
        "notice_abandoned",
        payload=f"{command.merchant_id} {cart_id}",
        key=_key(cart_id),
        due_at=touched_at + timedelta(minutes=minutes),
    )
    enqueue(session, job, command.at)


def unwatch(session: Session, cart_id: int) -> None:
    """Let the cart be: it was ordered or thrown away."""
    cancel(session, _key(cart_id))


def _key(cart_id: int) -> str:
    return f"abandoned:{cart_id}"
