"""A merchant's FAQ in the database."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from kaiwa.engines.db import Row, Session
from kaiwa.knowledge.faq import FaqEntry
from kaiwa.vocabulary.time import to_micros


class Version(msgspec.Struct, frozen=True):
    """Tells whether the knowledge has changed: how many entries and the newest change."""

    count: int
    newest: int


def put_entries(
    session: Session, merchant_id: int, entries: Sequence[FaqEntry], now: datetime
) -> int:
    """Add entries; one with the same question (and language) is replaced. How many were new."""
    fresh = 0
    for entry in entries:
        fresh += (
            session.one(
                """SELECT 1 FROM faq WHERE merchant_id = :merchant_id AND language = :language
            AND dedupe_key = :key""",
                merchant_id=merchant_id,
                language=entry.language,
                key=entry.key[1],
            )
            is None
        )
        session.run(
            """INSERT INTO faq
            (merchant_id, question, answer, language, tags, alternatives, dedupe_key, updated_at)
            VALUES (:merchant_id, :question, :answer, :language, :tags, :others, :key, :now)
            ON CONFLICT (merchant_id, language, dedupe_key) DO UPDATE SET
            question = excluded.question, answer = excluded.answer, tags = excluded.tags,
            alternatives = excluded.alternatives, updated_at = excluded.updated_at""",
            merchant_id=merchant_id,
            question=entry.question,
            answer=entry.answer,
            language=entry.language,
            tags=msgspec.json.encode(entry.tags).decode(),
            others=msgspec.json.encode(entry.alternatives).decode(),
            key=entry.key[1],
            now=to_micros(now),
        )
    return fresh


def entries(session: Session, merchant_id: int) -> list[FaqEntry]:
    """All entries of the merchant, in the order they were added."""
    rows = session.all(
        """SELECT id, question, answer, language, tags, alternatives FROM faq
        WHERE merchant_id = :merchant_id ORDER BY id""",
        merchant_id=merchant_id,
    )
    return [_entry(row) for row in rows]


def version(session: Session, merchant_id: int) -> Version:
    """The present version of the merchant's knowledge."""
    row = session.one(
        """SELECT count(*), COALESCE(max(updated_at), 0) FROM faq
        WHERE merchant_id = :merchant_id""",
        merchant_id=merchant_id,
    )
    assert row is not None
    return Version(*row)


def _entry(row: Row) -> FaqEntry:
    texts = tuple[str, ...]
    return FaqEntry(
        row[0],
        row[1],
        row[2],
        row[3],
        msgspec.json.decode(row[4], type=texts),
        msgspec.json.decode(row[5], type=texts),
    )
