"""Who is at the desk: what an agent says of themselves, and whether their browser still answers.

Whoever has not been heard from for `EXPIRY` is offline, whatever they said; they need say nothing
again when they come back.
"""

from datetime import datetime, timedelta
from typing import Final, Literal, TypeAlias

import msgspec

from kaiwa.engines.db import Nudge, Row, Session
from kaiwa.engines.queue import NewJob, enqueue
from kaiwa.merchants.agent import agent
from kaiwa.vocabulary.errors import Invalid
from kaiwa.vocabulary.time import from_micros

Status: TypeAlias = Literal["online", "away", "offline"]
STATUSES: Final[tuple[Status, ...]] = ("online", "away", "offline")
EXPIRY: Final = timedelta(seconds=90)
# A heartbeat that comes sooner tells nothing new.
_SOONEST: Final = timedelta(seconds=10)


class Attendance(msgspec.Struct, frozen=True):
    """What an agent chose and since when, when they were last seen, and last given something."""

    agent_id: int
    status: Status
    since: datetime
    seen_at: datetime
    given_at: datetime

    def present(self, now: datetime) -> Status:
        """What they are at this moment."""
        return self.status if self.seen_at + EXPIRY > now else "offline"

    def gone_since(self, now: datetime) -> datetime | None:
        """Since when they cannot be given anything; None while they can."""
        expired = self.seen_at + EXPIRY
        chosen = None if self.status == "online" else self.since
        if expired > now:
            return chosen
        return expired if chosen is None else min(expired, chosen)


_COLUMNS = "agent_id, status, since, seen_at, given_at"


def attendances(session: Session, merchant_id: int) -> dict[int, Attendance]:
    """Of every agent who has ever been at the desk, by id."""
    rows = session.all(
        f"SELECT {_COLUMNS} FROM attendance WHERE merchant_id = :merchant_id",
        merchant_id=merchant_id,
    )
    return {row[0]: _attendance(row) for row in rows}


def attendance(session: Session, merchant_id: int, agent_id: int) -> Attendance | None:
    """Of one agent; None when they have never been at the desk."""
    row = session.one(
        f"""SELECT {_COLUMNS} FROM attendance
        WHERE agent_id = :agent AND merchant_id = :merchant_id""",
        agent=agent_id,
        merchant_id=merchant_id,
    )
    return None if row is None else _attendance(row)


def anyone_present(session: Session, merchant_id: int, now: datetime) -> bool | None:
    """Whether somebody takes conversations now; None at a shop where nobody ever said so."""
    row = session.one(
        """SELECT count(*), COALESCE(sum(CASE WHEN t.status = 'online' AND t.seen_at > :alive
        THEN 1 ELSE 0 END), 0) FROM attendance t JOIN agent a ON a.id = t.agent_id
        WHERE t.merchant_id = :merchant_id AND a.merchant_id = :merchant_id
        AND a.disabled_at IS NULL""",
        merchant_id=merchant_id,
        alive=now - EXPIRY,
    )
    assert row is not None
    return None if row[0] == 0 else row[1] > 0


def note_seen(session: Session, merchant_id: int, agent_id: int, now: datetime) -> bool:
    """The agent's desk is open. True when they have just come (back); `NotFound`."""
    agent(session, merchant_id, agent_id)
    known = attendance(session, merchant_id, agent_id)
    if known is not None and known.seen_at + _SOONEST > now:
        return False
    session.run(
        """INSERT INTO attendance (agent_id, merchant_id, status, since, seen_at, given_at)
        VALUES (:agent, :merchant_id, 'online', :now, :now, 0)
        ON CONFLICT (agent_id) DO UPDATE SET seen_at = excluded.seen_at""",
        agent=agent_id,
        merchant_id=merchant_id,
        now=now,
    )
    watch(session, merchant_id, (agent_id, now))
    if known is not None and known.seen_at + EXPIRY > now:
        return False
    tell(session, merchant_id, agent_id)
    return True


def watch(session: Session, merchant_id: int, seen: tuple[int, datetime]) -> None:
    """Have it noticed when agent `seen[0]` is not heard from again after `seen[1]`."""
    due = seen[1] + EXPIRY
    key, payload = f"absent:{seen[0]}", f"{merchant_id} {seen[0]}"
    enqueue(session, NewJob("desk", "expire", payload, key, due_at=due), seen[1])


def set_status(
    session: Session, merchant_id: int, agent_id: int, wanted: Status, now: datetime
) -> Attendance:
    """The agent says what they are; said before, nothing happens."""
    if wanted not in STATUSES:
        raise Invalid(f"The status must be one of {', '.join(STATUSES)}.", field="status")
    note_seen(session, merchant_id, agent_id, now)
    session.run(
        """UPDATE attendance SET status = :status, since = :now
        WHERE agent_id = :agent AND merchant_id = :merchant_id AND status <> :status""",
        status=wanted,
        now=now,
        agent=agent_id,
        merchant_id=merchant_id,
    )
    tell(session, merchant_id, agent_id)
    found = attendance(session, merchant_id, agent_id)
    assert found is not None
    return found


def note_left(session: Session, merchant_id: int, agent_id: int, now: datetime) -> None:
    """The agent has logged out: as if not heard from for as long as it takes."""
    session.run(
        """UPDATE attendance SET seen_at = :gone WHERE agent_id = :agent
        AND merchant_id = :merchant_id AND seen_at > :gone""",
        gone=now - EXPIRY,
        agent=agent_id,
        merchant_id=merchant_id,
    )
    tell(session, merchant_id, agent_id)


def note_given(session: Session, merchant_id: int, agent_id: int, now: datetime) -> None:
    """The agent was given a conversation: of those as busy it is another's turn next."""
    session.run(
        """UPDATE attendance SET given_at = :now
        WHERE agent_id = :agent AND merchant_id = :merchant_id""",
        now=now,
        agent=agent_id,
        merchant_id=merchant_id,
    )


def tell(session: Session, merchant_id: int, agent_id: int) -> None:
    """Desks show who is there."""
    session.nudge(Nudge("attendance", merchant_id, ref=agent_id))


def _attendance(row: Row) -> Attendance:
    return Attendance(row[0], row[1], *(from_micros(at) for at in row[2:]))
