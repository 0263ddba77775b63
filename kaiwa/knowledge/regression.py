"""A question that was once missed and must be understood from then on."""

from datetime import datetime

import msgspec

from kaiwa.engines.db import Session
from kaiwa.languages import reader
from kaiwa.vocabulary.language import Language


class Expected(msgspec.Struct, frozen=True):
    """What a question must lead to: an act, and for `faq` the entry that answers."""

    act: str
    faq_id: int | None = None


class Regression(msgspec.Struct, frozen=True):
    """One question; `question` is the FAQ question that is to be answered, None for other acts."""

    id: int
    text: str
    language: Language
    act: str
    faq_id: int | None
    question: str | None


def keep_regression(
    session: Session, merchant_id: int, asked: tuple[Language, str], wanted: Expected, now: datetime
) -> int:
    """Expect it from now on; what was expected of the same question before is replaced. Its id."""
    language, text = asked
    row = session.one(
        """INSERT INTO regression
        (merchant_id, text, language, dedupe_key, act, faq_id, created_at)
        VALUES (:merchant_id, :text, :language, :key, :act, :faq, :now)
        ON CONFLICT (merchant_id, language, dedupe_key) DO UPDATE SET
        text = excluded.text, act = excluded.act, faq_id = excluded.faq_id
        RETURNING id""",
        merchant_id=merchant_id,
        text=text,
        language=language,
        key=reader(language).normalise(text),
        act=wanted.act,
        faq=wanted.faq_id,
        now=now,
    )
    assert row is not None
    return int(row[0])


def regressions(session: Session, merchant_id: int) -> list[Regression]:
    """All of them, in the order they were added."""
    rows = session.all(
        """SELECT r.id, r.text, r.language, r.act, r.faq_id, f.question FROM regression r
        LEFT JOIN faq f ON f.id = r.faq_id AND f.merchant_id = r.merchant_id
        WHERE r.merchant_id = :merchant_id ORDER BY r.id""",
        merchant_id=merchant_id,
    )
    return [Regression(*row) for row in rows]
