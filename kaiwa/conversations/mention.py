"""Mentions: colleagues whom a note names with @ are told of it, until they have looked.

A note names somebody by "@" and their whole name, in any capitals; of names that begin alike the
longest is meant. Two colleagues of one name are both meant; nobody mentions themselves.
"""

from datetime import datetime
from typing import Final, TypeAlias

import msgspec

from kaiwa.engines.db import Session
from kaiwa.merchants.agent import Agent, agents
from kaiwa.vocabulary.time import from_micros

MOST: Final = 50
Named: TypeAlias = tuple[int, str]


class Waiting(msgspec.Struct, frozen=True):
    """A mention that its agent has not looked at yet."""

    note_id: int
    conversation_id: int
    by: str
    text: str
    at: datetime


def mentioned(text: str, known: list[Agent]) -> list[Agent]:
    """Whom of the known a text names, in the order of its first mention of each."""
    found: dict[int, int] = {}
    left = text.casefold()
    for name in sorted({one.name.casefold() for one in known}, key=len, reverse=True):
        at = left.find(f"@{name}")
        if at < 0:
            continue
        found |= {one.id: at for one in known if one.name.casefold() == name}
        # What a longer name has taken is not a shorter one's.
        left = left.replace(f"@{name}", "\0" * (len(name) + 1))
    chosen = [one for one in known if one.id in found]
    return sorted(chosen, key=lambda one: (found[one.id], one.id))[:MOST]


def mention(
    session: Session, merchant_id: int, note: tuple[int, int, int], text: str, now: datetime
) -> None:
    """Keep whom a fresh note names; `note` is its id, its conversation and who wrote it."""
    if "@" not in text:
        return
    for whom in mentioned(text, agents(session, merchant_id)):
        if whom.id == note[2]:
            continue
        session.run(
            """INSERT INTO mention (note_id, agent_id, merchant_id, conversation_id, at)
            VALUES (:note, :agent, :merchant_id, :conversation, :now)
            ON CONFLICT (note_id, agent_id) DO NOTHING""",
            note=note[0],
            agent=whom.id,
            merchant_id=merchant_id,
            conversation=note[1],
            now=now,
        )


def mentions_in(
    session: Session, merchant_id: int, conversation_id: int
) -> dict[int, tuple[Named, ...]]:
    """Whom each note of a conversation names, by the note's id."""
    rows = session.all(
        """SELECT m.note_id, a.id, a.name FROM mention m
        JOIN agent a ON a.id = m.agent_id AND a.merchant_id = m.merchant_id
        WHERE m.conversation_id = :conversation AND m.merchant_id = :merchant_id
        ORDER BY m.note_id, a.id""",
        conversation=conversation_id,
        merchant_id=merchant_id,
    )
    found: dict[int, tuple[Named, ...]] = {}
    for note_id, agent_id, name in rows:
        found[note_id] = (*found.get(note_id, ()), (agent_id, name))
    return found


def waiting_mentions(session: Session, merchant_id: int, agent_id: int) -> list[Waiting]:
    """What the agent has not looked at yet, oldest first."""
    rows = session.all(
        """SELECT m.note_id, m.conversation_id, COALESCE(a.name, ''), n.text, m.at
        FROM mention m JOIN note n ON n.id = m.note_id AND n.merchant_id = m.merchant_id
        LEFT JOIN agent a ON a.id = n.agent_id AND a.merchant_id = n.merchant_id
        WHERE m.agent_id = :agent AND m.merchant_id = :merchant_id AND m.seen_at IS NULL
        ORDER BY m.at, m.note_id LIMIT 100""",
        agent=agent_id,
        merchant_id=merchant_id,
    )
    return [Waiting(row[0], row[1], row[2], row[3], from_micros(row[4])) for row in rows]


def has_waiting(session: Session, merchant_id: int, ids: tuple[int, int]) -> bool:
    """Whether a mention waits for an agent in a conversation (their ids, in this order)."""
    row = session.one(
        """SELECT 1 FROM mention WHERE agent_id = :agent AND conversation_id = :conversation
        AND merchant_id = :merchant_id AND seen_at IS NULL LIMIT 1""",
        agent=ids[0],
        conversation=ids[1],
        merchant_id=merchant_id,
    )
    return row is not None


def see_mentions(session: Session, merchant_id: int, ids: tuple[int, int], now: datetime) -> None:
    """An agent has looked at a conversation (their ids, in this order)."""
    session.run(
        """UPDATE mention SET seen_at = :now WHERE agent_id = :agent
        AND conversation_id = :conversation AND merchant_id = :merchant_id AND seen_at IS NULL""",
        now=now,
        agent=ids[0],
        conversation=ids[1],
        merchant_id=merchant_id,
    )
