"""Conversations put aside: until a time, or until the customer writes, whichever comes first."""

from datetime import UTC, datetime, timedelta
from typing import Final

from kaiwa.conversations.calling import call_router
from kaiwa.conversations.conversation import Conversation, changed, held
from kaiwa.conversations.happening import note_happening
from kaiwa.engines.db import Session
from kaiwa.engines.queue import NewJob, cancel, enqueue
from kaiwa.vocabulary.errors import Conflict, Invalid
from kaiwa.vocabulary.time import iso, to_micros

LONGEST: Final = timedelta(days=366)
# "Until the customer writes": a moment that never comes keeps one order for all of them.
UNTIL_REPLY: Final = datetime(9999, 1, 1, tzinfo=UTC)


def snooze(
    session: Session, merchant_id: int, ids: tuple[int, int], until: datetime | None, now: datetime
) -> Conversation:
    """Put conversation `ids[0]` aside for agent `ids[1]`; None: until the customer writes.

    `Invalid` for a time that is past or more than a year away, `Conflict` when it is closed.
    """
    if until is not None and not now < until <= now + LONGEST:
        raise Invalid("Choose a time within the next year.", reason="snooze_time")
    conv = held(session, merchant_id, ids[0])
    if conv.status == "closed":
        raise Conflict("This conversation is closed. Reopen it first.", reason="closed")
    _cancel_timer(session, conv)
    _set(session, conv, until or UNTIL_REPLY)
    call_router(session, merchant_id, now)
    said = "reply" if until is None else iso(until)
    note_happening(session, conv, "snoozed", now, agent_id=ids[1], reason=said)
    if until is not None:
        payload = f"{merchant_id} {conv.id} {to_micros(until)}"
        enqueue(session, NewJob("desk", "wake", payload, _key(conv.id, until), due_at=until), now)
    return held(session, merchant_id, conv.id)


def wake(session: Session, merchant_id: int, ids: tuple[int, int], now: datetime) -> Conversation:
    """Agent `ids[1]` takes conversation `ids[0]` up again; awake already, nothing happens."""
    conv = held(session, merchant_id, ids[0])
    if conv.snoozed_until is None:
        return conv
    _cancel_timer(session, conv)
    _set(session, conv, None)
    note_happening(session, conv, "woken", now, agent_id=ids[1])
    call_router(session, merchant_id, now, conv.id)
    return held(session, merchant_id, conv.id)


def wake_by_timer(
    session: Session, merchant_id: int, timer: tuple[int, int], now: datetime
) -> bool:
    """Its time (`timer[1]`, micros) has come for conversation `timer[0]`.

    False when it was woken, closed or put aside for another time meanwhile.
    """
    conv = held(session, merchant_id, timer[0])
    if conv.snoozed_until is None or to_micros(conv.snoozed_until) != timer[1]:
        return False
    _set(session, conv, None)
    note_happening(session, conv, "woken", now, reason="time")
    call_router(session, merchant_id, now, conv.id)
    return True


def _set(session: Session, conv: Conversation, until: datetime | None) -> None:
    session.run(
        """UPDATE conversation SET snoozed_until = :until
        WHERE id = :id AND merchant_id = :merchant_id""",
        until=until,
        id=conv.id,
        merchant_id=conv.merchant_id,
    )
    changed(session, conv)


def _cancel_timer(session: Session, conv: Conversation) -> None:
    # One that runs already finds that its time is not the conversation's any more.
    if conv.snoozed_until is not None:
        cancel(session, _key(conv.id, conv.snoozed_until))


def _key(conversation_id: int, until: datetime) -> str:
    return f"wake:{conversation_id}:{to_micros(until)}"
