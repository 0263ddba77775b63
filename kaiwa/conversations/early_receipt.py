"""Receipts that are faster than the answer they follow: we do not know yet what they mean.

A provider may say that a message failed before its answer to our call, which holds the message's
id, is written down. Such a receipt waits a little, apart from what else its sender says.
"""

from datetime import datetime, timedelta
from typing import Final

from kaiwa.conversations.intake import Place
from kaiwa.conversations.message import by_external_id
from kaiwa.customers.identity import at_address
from kaiwa.engines.db import Session
from kaiwa.vocabulary.address import Address
from kaiwa.vocabulary.event import Complained, Delivered, Failed, InboundEvent, Read

_LONGEST: Final = timedelta(seconds=10)
_SHORTEST: Final = timedelta(seconds=0.5)


def due_later(
    session: Session, place: Place, event: InboundEvent, received_at: datetime, now: datetime
) -> datetime | None:
    """When to look at the receipt again; None when it is to be taken in now, whatever it means."""
    told = event.heard
    if not isinstance(told, Delivered | Read | Failed | Complained) or told.external_id is None:
        return None
    age = now - received_at
    if not timedelta() <= age < _LONGEST:
        return None
    box = place.inbox
    if by_external_id(session, box.merchant_id, box.id, told.external_id) is not None:
        return None
    # What was accepted since that look is found by the next one, when the receipt is taken in.
    return now + max(_SHORTEST, age) if _is_being_sent(session, place, event) else None


def _is_being_sent(session: Session, place: Place, event: InboundEvent) -> bool:
    """Whether a message to whom the receipt names is on its way, at any of their addresses there.

    Providers that know a person by two names send to the one and report on the other.
    """
    if event.sender is None:
        return False
    where = Address(place.inbox.id, event.sender.kind, event.sender.value)
    who = at_address(session, place.merchant.id, where)
    if who is None:
        return False
    # The list of states names the index.
    found = session.one(
        """SELECT 1 FROM message WHERE identity_id IN (
            SELECT identity_id FROM identity_link WHERE customer_id = :customer
            AND merchant_id = :merchant_id AND ended_at IS NULL)
        AND merchant_id = :merchant_id AND inbox_id = :inbox
        AND state IN ('queued', 'sending', 'accepted', 'delivered') AND state = 'sending'
        LIMIT 1""",
        customer=who.customer_id,
        merchant_id=place.merchant.id,
        inbox=place.inbox.id,
    )
    return found is not None
