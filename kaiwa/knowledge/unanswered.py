"""Questions the bot could not answer: they wait here to become an FAQ entry or a phrase."""

from datetime import datetime

import msgspec

from kaiwa.engines.db import Session
from kaiwa.vocabulary.time import from_micros


class Unanswered(msgspec.Struct, frozen=True):
    """One question as it was asked."""

    message_id: int
    conversation_id: int
    language: str
    text: str
    at: datetime


def keep_unanswered(session: Session, merchant_id: int, question: Unanswered) -> None:
    """Remember the question; the same message once."""
    if not question.text.strip():
        return
    session.run(
        """INSERT INTO unanswered (merchant_id, conversation_id, message_id, language, text, at)
        VALUES (:merchant_id, :conversation, :message, :language, :text, :at)
        ON CONFLICT (message_id) DO NOTHING""",
        merchant_id=merchant_id,
        conversation=question.conversation_id,
        message=question.message_id,
        language=question.language,
        text=question.text[:2_000],
        at=question.at,
    )


def unanswered(session: Session, merchant_id: int, limit: int = 100) -> list[Unanswered]:
    """The newest questions first."""
    rows = session.all(
        """SELECT message_id, conversation_id, language, text, at FROM unanswered
        WHERE merchant_id = :merchant_id ORDER BY id DESC LIMIT :limit""",
        merchant_id=merchant_id,
        limit=limit,
    )
    return [Unanswered(row[0], row[1], row[2], row[3], from_micros(row[4])) for row in rows]
