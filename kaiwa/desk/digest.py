"""What waits for an agent who is away: notes that name them, and customers without their answer.

Each thing has a key. What was mailed once is never mailed again, whatever becomes of the mail.
"""

from datetime import datetime, timedelta
from typing import Final, Literal

import msgspec

from kaiwa.conversations.mention import waiting_mentions
from kaiwa.desk.mail_choice import Chosen, MailChoice
from kaiwa.engines.db import Session
from kaiwa.merchants.attendance import attendance
from kaiwa.vocabulary.time import from_micros, to_micros

MOST: Final = 30
# Longer than anything is left waiting.
REMEMBERED: Final = timedelta(days=365)


class Item(msgspec.Struct, frozen=True):
    """One thing that waits: `who` named the agent, or is the customer (None: no name is known)."""

    key: str
    kind: Literal["mention", "waiting"]
    conversation_id: int
    who: str | None
    since: datetime


def claim_digest(session: Session, chosen: Chosen, now: datetime) -> list[Item]:
    """What is to be mailed now, oldest first; from here on it is taken for mailed."""
    choice = chosen.choice
    if not chosen.is_due(now):
        return []
    found = _untold(session, chosen, what_waits(session, chosen, choice, now), now)
    if found:
        session.run(
            """UPDATE mail_choice SET mailed_at = :now
            WHERE agent_id = :agent AND merchant_id = :merchant_id""",
            now=now,
            agent=chosen.agent_id,
            merchant_id=chosen.merchant_id,
        )
    return found


def what_waits(session: Session, chosen: Chosen, choice: MailChoice, now: datetime) -> list[Item]:
    """What has waited long enough for somebody who is not at the desk, oldest first."""
    here = attendance(session, chosen.merchant_id, chosen.agent_id)
    if here is not None and here.present(now) == "online":
        return []
    until = now - choice.after
    named = [
        Item(f"mention:{one.note_id}", "mention", one.conversation_id, one.by, one.at)
        for one in waiting_mentions(session, chosen.merchant_id, chosen.agent_id)
        if one.at <= until
    ]
    found = sorted([*named, *_unanswered(session, chosen, until)], key=lambda one: one.since)
    return found[:MOST]


def unclaim(session: Session, merchant_id: int, agent_id: int, keys: list[str]) -> None:
    """The mail surely did not go: what was in it may go with another one."""
    for key in keys:
        session.run(
            """DELETE FROM mail_told WHERE agent_id = :agent AND merchant_id = :merchant_id
            AND what = :key""",
            agent=agent_id,
            merchant_id=merchant_id,
            key=key,
        )


def forget_told(session: Session, now: datetime) -> None:
    """Drop what was mailed so long ago that it cannot wait any more."""
    session.run(
        "DELETE FROM mail_told WHERE at < :before",  # every merchant: upkeep
        before=now - REMEMBERED,
    )


def _unanswered(session: Session, chosen: Chosen, until: datetime) -> list[Item]:
    rows = session.all(
        """SELECT c.id, p.name, c.waiting_since FROM conversation c
        JOIN customer p ON p.id = c.customer_id AND p.merchant_id = c.merchant_id
        WHERE c.merchant_id = :merchant_id AND c.answered_by = 'agent' AND c.assignee_id = :agent
        AND c.status = 'open' AND c.snoozed_until IS NULL AND c.waiting_since <= :until
        ORDER BY c.waiting_since, c.id LIMIT :most""",
        merchant_id=chosen.merchant_id,
        agent=chosen.agent_id,
        until=until,
        most=MOST,
    )
    return [
        Item(f"waiting:{row[0]}:{row[2]}", "waiting", row[0], row[1], from_micros(row[2]))
        for row in rows
    ]


def _untold(session: Session, chosen: Chosen, found: list[Item], now: datetime) -> list[Item]:
    return [
        one
        for one in found
        if session.run(
            """INSERT INTO mail_told (agent_id, what, merchant_id, at)
            VALUES (:agent, :what, :merchant_id, :now) ON CONFLICT (agent_id, what) DO NOTHING""",
            agent=chosen.agent_id,
            what=one.key,
            merchant_id=chosen.merchant_id,
            now=to_micros(now),
        )
    ]
