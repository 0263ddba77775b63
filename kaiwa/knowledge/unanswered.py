"""Questions the bot could not answer: they wait here to become an FAQ entry or a phrase."""

from datetime import datetime

import msgspec

from kaiwa.engines.db import Session
from kaiwa.knowledge.cluster import join_cluster
from kaiwa.vocabulary.time import from_micros

LONGEST_TEXT = 2_000


class Unanswered(msgspec.Struct, frozen=True):
    """One question as it was asked."""

    message_id: int
    conversation_id: int
    language: str
    text: str
    at: datetime


def keep_unanswered(session: Session, merchant_id: int, question: Unanswered) -> None:
    """Remember the question in the cluster of its like; the same message once."""
    text = question.text.strip()[:LONGEST_TEXT]
    if not text:
        return
    is_new = session.run(
        """INSERT INTO unanswered (merchant_id, conversation_id, message_id, language, text, at)
        VALUES (:merchant_id, :conversation, :message, :language, :text, :at)
        ON CONFLICT (message_id) DO NOTHING""",
        merchant_id=merchant_id,
        conversation=question.conversation_id,
        message=question.message_id,
        language=question.language,
        text=text,
        at=question.at,
    )
    if not is_new:
        return
    session.run(
        """UPDATE unanswered SET cluster_id = :cluster
        WHERE merchant_id = :merchant_id AND message_id = :message""",
        merchant_id=merchant_id,
        cluster=join_cluster(session, merchant_id, (question.language, text), question.at),
        message=question.message_id,
    )


def unanswered(
    session: Session, merchant_id: int, limit: int = 100, cluster_id: int | None = None
) -> list[Unanswered]:
    """The newest questions first, of one cluster if it is named."""
    only = "" if cluster_id is None else "AND cluster_id = :cluster"
    rows = session.all(
        f"""SELECT message_id, conversation_id, language, text, at FROM unanswered
        WHERE merchant_id = :merchant_id {only} ORDER BY id DESC LIMIT :limit""",
        merchant_id=merchant_id,
        limit=limit,
        **({} if cluster_id is None else {"cluster": cluster_id}),
    )
    return [Unanswered(row[0], row[1], row[2], row[3], from_micros(row[4])) for row in rows]


def wordings(session: Session, merchant_id: int, cluster_id: int, limit: int = 10) -> list[str]:
    """The different ways in which the questions of a cluster were put, most frequent first."""
    rows = session.all(
        """SELECT text FROM unanswered WHERE merchant_id = :merchant_id AND cluster_id = :cluster
        GROUP BY text ORDER BY count(*) DESC, min(id) LIMIT :limit""",
        merchant_id=merchant_id,
        cluster=cluster_id,
        limit=limit,
    )
    return [row[0] for row in rows]
