"""An agent comes, says what they are, or goes; the queue hears of it."""

from datetime import datetime

from kaiwa.conversations.calling import call_router
from kaiwa.engines.db import Session
from kaiwa.engines.queue import NewJob, enqueue
from kaiwa.merchants.attendance import (
    Attendance,
    Status,
    attendance,
    note_left,
    note_seen,
    set_status,
)
from kaiwa.merchants.routing import routing


def come(session: Session, merchant_id: int, agent_id: int, now: datetime) -> None:
    """The agent's desk is open; whoever has just come can be given something."""
    if note_seen(session, merchant_id, agent_id, now):
        call_router(session, merchant_id, now)


def say_status(
    session: Session, merchant_id: int, agent_id: int, wanted: Status, now: datetime
) -> Attendance:
    """The agent says what they are. Gone, they lose what waits when the grace is over."""
    before = attendance(session, merchant_id, agent_id)
    after = set_status(session, merchant_id, agent_id, wanted, now)
    if before is not None and before.status == after.status:
        return after
    settings = routing(session, merchant_id)
    if after.status == "online":
        call_router(session, merchant_id, now)
    elif settings.on:
        due = now + settings.grace
        enqueue(session, NewJob("desk", "release", f"{merchant_id} {agent_id}", due_at=due), now)
    return after


def leave(session: Session, merchant_id: int, agent_id: int, now: datetime) -> None:
    """The agent has logged out."""
    note_left(session, merchant_id, agent_id, now)
    enqueue(session, NewJob("desk", "expire", f"{merchant_id} {agent_id}"), now)
