"""Whose order it is: a customer who commands touches nobody else's.

The doors prove who somebody is. Here is the second wall: whatever a door or a bot got wrong, a
command in a customer's name finds that customer's orders only.
"""

from kaiwa.customers.absorbed import person_ids
from kaiwa.engines.db import Session
from kaiwa.orders.command import Command, require_version
from kaiwa.orders.order import Order, order
from kaiwa.vocabulary.errors import NotFound

_CUSTOMER = "customer:"


def held_order(session: Session, command: Command, order_id: int) -> Order:
    """The order, ours until the end of the transaction. `NotFound` when it is another customer's.

    A guest's order belongs to whoever the door let in by its e-mail address or link.

    `Conflict` when it is not the version the caller saw.
    """
    found = order(session, command.merchant_id, order_id, session.lock)
    if found.customer_id is not None:
        require_self(session, command, found.customer_id)
    require_version(command, found.version)
    return found


def require_self(session: Session, command: Command, customer_id: int | None) -> None:
    """`NotFound` when the command is another customer's."""
    if not command.principal.startswith(_CUSTOMER):
        return
    who = int(command.principal.removeprefix(_CUSTOMER))
    if customer_id not in person_ids(session, command.merchant_id, who):
        raise NotFound("There is no such order.")
