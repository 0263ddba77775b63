"""What shoppers searched for, above all what they did not find: the merchant's list of to-dos."""

import secrets
from datetime import datetime

import msgspec

from kaiwa.catalog.finder.find import Answer
from kaiwa.engines.db import Session
from kaiwa.languages.folding import fold
from kaiwa.vocabulary.time import from_micros, to_micros

LONGEST_QUERY = 200


class Asked(msgspec.Struct, frozen=True):
    """A query as it was last typed, how often it was asked, and when last."""

    query: str
    times: int
    last_at: datetime


def write_down(
    session: Session, merchant_id: int, query: str, answer: Answer, now: datetime, search_id: int
) -> None:
    """Keep a search under an id of the caller's (see `new_id`)."""
    # A query is whatever was typed; databases refuse some of it.
    told = query[:LONGEST_QUERY].replace("\0", " ").encode("utf-8", "replace").decode()
    session.run(
        """INSERT INTO finder_query (id, merchant_id, query, folded, language, hits, relaxed, at)
        VALUES (:id, :merchant_id, :query, :folded, :language, :hits, :relaxed, :now)""",
        id=search_id,
        merchant_id=merchant_id,
        query=told,
        folded=" ".join(fold(told).split()),
        language=answer.asked.language,
        hits=0 if answer.relaxed else answer.total,
        relaxed=msgspec.json.encode(answer.relaxed).decode(),
        now=to_micros(now),
    )


def new_id() -> int:
    """An id for a search before its row is there: no two are alike, and browsers can hold it."""
    return secrets.randbits(52) + 1


def chosen(session: Session, merchant_id: int, search_id: int, product_id: int) -> None:
    """The shopper opened this product of the search's results."""
    session.run(
        """UPDATE finder_query SET chosen_id = (SELECT id FROM product
        WHERE merchant_id = :merchant_id AND id = :product_id)
        WHERE merchant_id = :merchant_id AND id = :id""",
        product_id=product_id,
        merchant_id=merchant_id,
        id=search_id,
    )


def without_hit(
    session: Session, merchant_id: int, since: datetime, limit: int = 50
) -> list[Asked]:
    """Queries that found nothing as they were asked, the most frequent first."""
    return _asked(session, merchant_id, since, limit, "hits = 0")


def without_choice(
    session: Session, merchant_id: int, since: datetime, limit: int = 50
) -> list[Asked]:
    """Queries that found something nobody opened, the most frequent first."""
    return _asked(session, merchant_id, since, limit, "hits > 0")


def most_frequent(
    session: Session, merchant_id: int, since: datetime, limit: int = 50
) -> list[Asked]:
    """What was searched for most, found and chosen or not."""
    rows = session.all(
        """SELECT max(query), count(*), max(at) FROM finder_query
        WHERE merchant_id = :merchant_id AND at >= :since
        GROUP BY folded ORDER BY count(*) DESC, max(at) DESC LIMIT :limit""",
        merchant_id=merchant_id,
        since=to_micros(since),
        limit=limit,
    )
    return [Asked(row[0], row[1], from_micros(row[2])) for row in rows]


def _asked(
    session: Session, merchant_id: int, since: datetime, limit: int, which: str
) -> list[Asked]:
    rows = session.all(
        f"""SELECT max(query), count(*), max(at) FROM finder_query
        WHERE merchant_id = :merchant_id AND at >= :since AND {which}
        GROUP BY folded HAVING max(chosen_id) IS NULL
        ORDER BY count(*) DESC, max(at) DESC LIMIT :limit""",
        merchant_id=merchant_id,
        since=to_micros(since),
        limit=limit,
    )
    return [Asked(row[0], row[1], from_micros(row[2])) for row in rows]
