"""How many conversations each view of the list has."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from kaiwa.desk.queue import SOON
from kaiwa.engines.db import Row, Session


class Counts(msgspec.Struct, frozen=True):
    """How many conversations each view has; those put aside are in `snoozed` only.

    Of `mentions`, those with a note the agent has not looked at yet.
    """

    open: int
    mine: int
    unassigned: int
    bot: int
    waiting: int
    snoozed: int
    late: int = 0
    mentions: int = 0


def counts(session: Session, merchant_id: int, agent_id: int, now: datetime) -> Counts:
    """How many conversations are open, by who answers them."""
    sides = session.all(
        """SELECT answered_by, assignee_id, count(*) FROM conversation
        WHERE merchant_id = :merchant_id AND status = 'open' GROUP BY answered_by, assignee_id""",
        merchant_id=merchant_id,
    )
    # Few are put aside: they are counted apart, so that all others need only be looked up.
    aside = session.all(
        """SELECT answered_by, assignee_id, -count(*) FROM conversation
        WHERE merchant_id = :merchant_id AND snoozed_until IS NOT NULL AND status = 'open'
        GROUP BY answered_by, assignee_id""",
        merchant_id=merchant_id,
    )
    waiting = session.one(
        """SELECT count(*) FROM conversation WHERE merchant_id = :merchant_id
        AND waiting_since IS NOT NULL AND status = 'open' AND snoozed_until IS NULL
        AND COALESCE(answered_by, '') <> 'bot'""",
        merchant_id=merchant_id,
    )
    late = session.one(
        """SELECT count(*) FROM conversation WHERE merchant_id = :merchant_id
        AND due_kind IS NOT NULL AND due_at < :soon AND status = 'open'
        AND snoozed_until IS NULL""",
        merchant_id=merchant_id,
        soon=now + SOON,
    )
    named = session.one(
        """SELECT count(DISTINCT conversation_id) FROM mention WHERE agent_id = :agent
        AND merchant_id = :merchant_id AND seen_at IS NULL""",
        agent=agent_id,
        merchant_id=merchant_id,
    )
    rows = [*sides, *aside]
    return Counts(
        open=_sum(rows),
        mine=_sum(row for row in rows if row[0] == "agent" and row[1] == agent_id),
        unassigned=_sum(row for row in rows if row[0] == "nobody"),
        bot=_sum(row for row in rows if row[0] == "bot"),
        waiting=0 if waiting is None else int(waiting[0]),
        snoozed=-_sum(aside),
        late=0 if late is None else int(late[0]),
        mentions=0 if named is None else int(named[0]),
    )


def _sum(rows: Iterable[Row]) -> int:
    return sum(int(row[2]) for row in rows)
