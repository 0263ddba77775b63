"""A merchant's FAQ in the database."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from kaiwa.engines.db import Row, Session
from kaiwa.knowledge.faq import FaqEntry
from kaiwa.vocabulary.errors import Conflict, NotFound
from kaiwa.vocabulary.time import to_micros

MOST_ALTERNATIVES = 100


class Version(msgspec.Struct, frozen=True):
    """Tells one state of what a merchant wrote from another.

    How many rows there are, the newest change and the sum of the ids, which tells apart what one
    removal and one addition within a microsecond would hide.
    """

    count: int
    newest: int
    ids: int = 0


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


def entry(session: Session, merchant_id: int, faq_id: int) -> FaqEntry:
    """The entry with that id; `NotFound` when the merchant has none."""
    row = session.one(
        """SELECT id, question, answer, language, tags, alternatives FROM faq
        WHERE merchant_id = :merchant_id AND id = :id""",
        merchant_id=merchant_id,
        id=faq_id,
    )
    if row is None:
        raise NotFound(f"There is no FAQ entry {faq_id}. Run: kaiwa faq list")
    return _entry(row)


def add_entry(session: Session, merchant_id: int, new: FaqEntry, now: datetime) -> int:
    """Add one entry; its id. `Conflict` when the question is answered already: nothing is lost."""
    before = session.one(
        """SELECT id FROM faq WHERE merchant_id = :merchant_id AND language = :language
        AND dedupe_key = :key""",
        merchant_id=merchant_id,
        language=new.language,
        key=new.key[1],
    )
    if before is not None:
        raise Conflict(
            f"FAQ entry {before[0]} answers this question already.", reason="asked", faq=before[0]
        )
    put_entries(session, merchant_id, [new], now)
    row = session.one(
        """SELECT id FROM faq WHERE merchant_id = :merchant_id AND language = :language
        AND dedupe_key = :key""",
        merchant_id=merchant_id,
        language=new.language,
        key=new.key[1],
    )
    assert row is not None
    return int(row[0])


def add_alternatives(
    session: Session, merchant_id: int, faq_id: int, texts: Sequence[str], now: datetime
) -> None:
    """Let an entry answer these wordings too; at most `MOST_ALTERNATIVES` are kept, newest last."""
    known = entry(session, merchant_id, faq_id)
    all_of_them = tuple(dict.fromkeys((*known.alternatives, *texts)))[-MOST_ALTERNATIVES:]
    session.run(
        """UPDATE faq SET alternatives = :others, updated_at = :now
        WHERE merchant_id = :merchant_id AND id = :id""",
        merchant_id=merchant_id,
        id=faq_id,
        others=msgspec.json.encode(all_of_them).decode(),
        now=now,
    )


def remove_entry(session: Session, merchant_id: int, faq_id: int) -> None:
    """Forget an entry and the regressions that expect it; `NotFound` when there is none."""
    entry(session, merchant_id, faq_id)
    for table, column in (("regression", "faq_id"), ("faq", "id")):
        session.run(
            f"DELETE FROM {table} WHERE merchant_id = :merchant_id AND {column} = :id",
            merchant_id=merchant_id,
            id=faq_id,
        )


def version(session: Session, merchant_id: int) -> Version:
    """Changes whenever an entry or an article of the merchant does."""
    row = session.one(
        """SELECT count(*), COALESCE(max(updated_at), 0), COALESCE(sum(id), 0) FROM (
        SELECT id, updated_at FROM faq WHERE merchant_id = :merchant_id UNION ALL
        SELECT -id, updated_at FROM article WHERE merchant_id = :merchant_id) AS written""",
        merchant_id=merchant_id,
    )
    assert row is not None
    return Version(int(row[0]), int(row[1]), int(row[2]))


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
