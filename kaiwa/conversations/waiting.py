"""How long people wait for a person: who waits now, and how long it took of late."""

from collections.abc import Callable
from datetime import datetime, timedelta
from statistics import median
from typing import Final

import msgspec

from kaiwa.engines.db import Session
from kaiwa.vocabulary.time import from_micros, optional_micros

LOOKED_BACK: Final = timedelta(days=28)
MOST: Final = 50
FEWEST: Final = 5
# Nobody is told 7 minutes: what is expected is rounded up to one of these.
_STEPS: Final = (1, 2, 3, 5, 10, 15, 20, 30, 45, 60)


class Waiting(msgspec.Struct, frozen=True):
    """`people` wait for a person, the first of them since `since`; `usual` is the median wait."""

    people: int = 0
    since: datetime | None = None
    usual: timedelta | None = None

    def expected(self, now: datetime) -> timedelta | None:
        """How long one who asks now should expect to wait; None when nothing is known.

        Never less than the first in the queue has waited already.
        """
        if self.usual is None or self.since is None:
            return self.usual
        return max(self.usual, now - self.since)


def waiting(
    session: Session, merchant_id: int, now: datetime, counts: Callable[[datetime], bool]
) -> Waiting:
    """The queue of the shop, and the median wait of its last hand-offs that `counts` by their time.

    From hand-off to an agent's first message; one that nobody has answered is no wait yet. Fewer
    than five say nothing.
    """
    row = session.one(
        """SELECT count(*), min(waiting_since) FROM conversation
        WHERE merchant_id = :merchant_id AND status = 'open' AND answered_by = 'nobody'
        AND waiting_since IS NOT NULL""",
        merchant_id=merchant_id,
    )
    assert row is not None
    waits = [
        (answered - asked).total_seconds()
        for asked, answered in _answered(session, merchant_id, now)
        if counts(asked)
    ]
    usual = timedelta(seconds=median(waits)) if len(waits) >= FEWEST else None
    return Waiting(int(row[0]), optional_micros(row[1]), usual)


def told_minutes(expected: timedelta | None) -> int | None:
    """A wait as it is told, rounded up; None where it is not known or longer than an hour."""
    if expected is None:
        return None
    return next((one for one in _STEPS if expected <= timedelta(minutes=one)), None)


def ahead_of(session: Session, merchant_id: int, since: datetime) -> int:
    """How many people of the shop have waited for a person for longer than since then."""
    row = session.one(
        """SELECT count(*) FROM conversation
        WHERE merchant_id = :merchant_id AND status = 'open' AND answered_by = 'nobody'
        AND waiting_since < :since""",
        merchant_id=merchant_id,
        since=since,
    )
    assert row is not None
    return int(row[0])


def _answered(session: Session, merchant_id: int, now: datetime) -> list[tuple[datetime, datetime]]:
    rows = session.all(
        """SELECT h.at, (SELECT min(m.recorded_at) FROM message m
          WHERE m.conversation_id = h.conversation_id AND m.merchant_id = h.merchant_id
          AND m.seq > h.after_seq AND m.sender = 'agent')
        FROM happening h WHERE h.merchant_id = :merchant_id AND h.kind = 'handoff_requested'
        ORDER BY h.id DESC LIMIT :most""",
        merchant_id=merchant_id,
        most=MOST,
    )
    times = [(from_micros(row[0]), from_micros(row[1])) for row in rows if row[1] is not None]
    return [(asked, answered) for asked, answered in times if asked >= now - LOOKED_BACK]
