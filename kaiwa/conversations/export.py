"""Messages and events as the export writes them, a page at a time."""

from collections.abc import Iterator
from typing import Any

from kaiwa.engines.db import Row, Session
from kaiwa.vocabulary.time import from_micros, iso, optional_micros

PAGE = 2_000


def exported_messages(
    session: Session, merchant_id: int, after: int
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Messages in (conversation, seq) order, whole conversations after the one with id `after`."""
    ids = session.all(
        """SELECT id, last_seq FROM conversation WHERE merchant_id = :merchant_id AND id > :after
        ORDER BY id LIMIT 500""",
        merchant_id=merchant_id,
        after=after,
    )
    if not ids:
        return
    rows = session.all(
        """SELECT m.conversation_id, m.seq, m.direction, b.channel, m.external_id, c.customer_id,
          m.sender, m.text, m.state, COALESCE(m.occurred_at, m.recorded_at), m.recorded_at
        FROM message m
        JOIN conversation c ON c.id = m.conversation_id AND c.merchant_id = m.merchant_id
        JOIN inbox b ON b.id = m.inbox_id AND b.merchant_id = m.merchant_id
        WHERE m.merchant_id = :merchant_id AND m.conversation_id > :after
        AND m.conversation_id <= :last ORDER BY m.conversation_id, m.seq""",
        merchant_id=merchant_id,
        after=after,
        last=ids[-1][0],
    )
    for row in rows:
        yield row[0], _message(row)
    if not rows:
        yield from exported_messages(session, merchant_id, ids[-1][0])


def exported_events(
    session: Session, merchant_id: int, after: int
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Every event a channel delivered, in the order of arrival, with what became of it."""
    rows = session.all(
        """SELECT e.id, b.channel, e.external_id, e.received_at, e.taken_in_at, e.outcome
        FROM inbound_event e JOIN inbox b ON b.id = e.inbox_id AND b.merchant_id = e.merchant_id
        WHERE e.merchant_id = :merchant_id AND e.id > :after ORDER BY e.id LIMIT :page""",
        merchant_id=merchant_id,
        after=after,
        page=PAGE,
    )
    for row in rows:
        taken = None if row[4] is None else iso(from_micros(row[4]))
        yield (
            row[0],
            {
                "event": row[0],
                "channel": row[1],
                "external_id": row[2],
                "received_at": iso(from_micros(row[3])),
                "taken_in_at": taken,
                "outcome": row[5],
            },
        )


def exported_ratings(
    session: Session, merchant_id: int, after: int
) -> Iterator[tuple[int, dict[str, Any]]]:
    """What was asked about each closed conversation and what came back, with its definition."""
    rows = session.all(
        """SELECT r.conversation_id, c.customer_id, c.channel, r.agent_id, r.definition, r.score,
          r.words, r.asked_at, r.answered_at
        FROM rating r JOIN conversation c ON c.id = r.conversation_id
          AND c.merchant_id = r.merchant_id
        WHERE r.merchant_id = :merchant_id AND r.conversation_id > :after
        ORDER BY r.conversation_id LIMIT :page""",
        merchant_id=merchant_id,
        after=after,
        page=PAGE,
    )
    for row in rows:
        answered = optional_micros(row[8])
        yield (
            row[0],
            {
                "fact": "conversation_rated",
                "conversation": row[0],
                "customer": row[1],
                "channel": row[2],
                "agent": row[3],
                "definition": row[4],
                "score": row[5],
                "words": row[6],
                "occurred_at": iso(from_micros(row[7])),
                "answered_at": None if answered is None else iso(answered),
            },
        )


def _message(row: Row) -> dict[str, Any]:
    names = ("conversation", "seq", "direction", "channel", "external_id", "customer", "sender")
    return {
        **dict(zip(names, row, strict=False)),
        "text": row[7],
        "state": row[8],
        "occurred_at": iso(from_micros(row[9])),
        "recorded_at": iso(from_micros(row[10])),
    }
