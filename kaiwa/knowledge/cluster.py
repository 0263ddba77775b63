"""Questions that are nearly the same, waiting as one: how often, since when, and what became of it.

A question joins the nearest cluster of its language when it comes; nothing is clustered anew. Near
is told by the words of the question that began the cluster, kept in a table of their own, so a new
question looks only at clusters that share a word with it.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final, Literal, TypeAlias

import msgspec

from kaiwa.engines.db import Row, Session
from kaiwa.languages import reader
from kaiwa.languages.meanings import meanings
from kaiwa.vocabulary.errors import Conflict, NotFound
from kaiwa.vocabulary.language import DEFAULT_LANGUAGE, is_language
from kaiwa.vocabulary.time import from_micros

Status: TypeAlias = Literal["open", "answered", "dismissed"]

ALIKE: Final = 0.5
LONGEST_KEY: Final = 300
_MOST_WORDS: Final = 40
_MEANING_WEIGHT: Final = 1.5
_NEAREST: Final = 8
_NEWEST: Final = 50
_LOOKED_UP: Final = 12


class Cluster(msgspec.Struct, frozen=True):
    """`text` is how it was asked first; `asked` counts all of them.

    `outcome` says what an answered one became: "faq:12" or "phrase:34".
    """

    id: int
    language: str
    text: str
    asked: int
    status: Status
    outcome: str | None
    first_at: datetime
    last_at: datetime


def join_cluster(
    session: Session, merchant_id: int, question: tuple[str, str], at: datetime
) -> int:
    """Count a question (language, text) where its like waits, or begin a cluster; its id.

    What the merchant dismissed goes on being counted there and stays dismissed.
    """
    language, text = question
    words = words_of(language, text)
    found = _nearest(session, merchant_id, language, words)
    if found is None:
        return _begun(session, merchant_id, question, words, at)
    session.run(
        """UPDATE unanswered_cluster SET asked = asked + 1, last_at = :at
        WHERE merchant_id = :merchant_id AND id = :id""",
        merchant_id=merchant_id,
        id=found,
        at=at,
    )
    return found


def words_of(language: str, text: str) -> dict[str, float]:
    """What a question is about: tokens and meanings, with how much each says."""
    spoken = language if is_language(language) else DEFAULT_LANGUAGE
    read = reader(spoken)
    normal = read.normalise(text[:LONGEST_KEY])
    found = {token: read.weight(token) for token in read.tokens(normal)}
    found |= {f"#{name}": _MEANING_WEIGHT for name in meanings(normal, spoken)}
    heaviest = sorted(found.items(), key=lambda pair: -pair[1])[:_MOST_WORDS]
    return dict(heaviest)


def alike(one: dict[str, float], other: Iterable[str]) -> float:
    """How much of the words of two questions is shared, 0..1."""
    there = set(other)
    shared = sum(weight for word, weight in one.items() if word in there)
    apart = sum(_weight(word) for word in there if word not in one)
    everything = sum(one.values()) + apart
    return shared / everything if everything else 0.0


def _weight(word: str) -> float:
    if word.startswith("#"):
        return _MEANING_WEIGHT
    return reader("en" if word.isascii() else "ja").weight(word)


def _nearest(
    session: Session, merchant_id: int, language: str, words: dict[str, float]
) -> int | None:
    if not words:
        return None
    # A word that everybody uses leads to its newest clusters only: the others are found by the
    # rarer words of the question, or not at all.
    looked_up = list(words)[:_LOOKED_UP]  # the heaviest
    each = " UNION ALL ".join(
        f"""SELECT cluster_id FROM (SELECT cluster_id FROM unanswered_word
        WHERE merchant_id = :merchant_id AND language = :language AND word = :w{n}
        ORDER BY cluster_id DESC LIMIT {_NEWEST}) AS with_{n}"""
        for n in range(len(looked_up))
    )
    rows = session.all(
        f"""SELECT cluster_id FROM ({each}) AS shared
        GROUP BY cluster_id ORDER BY count(*) DESC, cluster_id LIMIT {_NEAREST}""",
        merchant_id=merchant_id,
        language=language,
        **{f"w{n}": word for n, word in enumerate(looked_up)},
    )
    there = _words_in(session, merchant_id, [row[0] for row in rows])
    near = [(alike(words, found), -cluster_id) for cluster_id, found in there.items()]
    best = max(near, default=(0.0, 0))
    return -best[1] if best[0] >= ALIKE else None


def _words_in(session: Session, merchant_id: int, cluster_ids: list[int]) -> dict[int, list[str]]:
    if not cluster_ids:
        return {}
    marks = ", ".join(f":c{n}" for n in range(len(cluster_ids)))
    rows = session.all(
        f"""SELECT cluster_id, word FROM unanswered_word
        WHERE merchant_id = :merchant_id AND cluster_id IN ({marks})""",
        merchant_id=merchant_id,
        **{f"c{n}": number for n, number in enumerate(cluster_ids)},
    )
    found: dict[int, list[str]] = {}
    for cluster_id, word in rows:
        found.setdefault(cluster_id, []).append(word)
    return found


def _begun(
    session: Session,
    merchant_id: int,
    question: tuple[str, str],
    words: dict[str, float],
    at: datetime,
) -> int:
    language, text = question
    row = session.one(
        """INSERT INTO unanswered_cluster
        (merchant_id, language, text, dedupe_key, asked, status, first_at, last_at)
        VALUES (:merchant_id, :language, :text, :key, 1, 'open', :at, :at)
        ON CONFLICT (merchant_id, language, dedupe_key) WHERE status <> 'answered'
        DO UPDATE SET asked = unanswered_cluster.asked + 1, last_at = excluded.last_at
        RETURNING id""",
        merchant_id=merchant_id,
        language=language,
        text=text,
        key=_key(language, text),
        at=at,
    )
    assert row is not None
    session.many(
        """INSERT INTO unanswered_word (merchant_id, language, word, cluster_id)
        VALUES (:merchant_id, :language, :word, :cluster) ON CONFLICT DO NOTHING""",
        [
            {"merchant_id": merchant_id, "language": language, "word": word, "cluster": row[0]}
            for word in words
        ],
    )
    return int(row[0])


def _key(language: str, text: str) -> str:
    spoken = language if is_language(language) else DEFAULT_LANGUAGE
    normal = reader(spoken).normalise(text[:LONGEST_KEY])
    return normal.rstrip("?!。.、 ") or text[:LONGEST_KEY]


def clusters(
    session: Session, merchant_id: int, status: Status = "open", limit: int = 100
) -> list[Cluster]:
    """Those asked most often first."""
    rows = session.all(
        f"""SELECT {_COLUMNS} FROM unanswered_cluster
        WHERE merchant_id = :merchant_id AND status = :status
        ORDER BY asked DESC, id DESC LIMIT :limit""",
        merchant_id=merchant_id,
        status=status,
        limit=limit,
    )
    return [_cluster(row) for row in rows]


def cluster(session: Session, merchant_id: int, cluster_id: int) -> Cluster:
    """The cluster with that id; `NotFound` when the merchant has none."""
    row = session.one(
        f"""SELECT {_COLUMNS} FROM unanswered_cluster
        WHERE merchant_id = :merchant_id AND id = :id""",
        merchant_id=merchant_id,
        id=cluster_id,
    )
    if row is None:
        raise NotFound(f"There is no unanswered question {cluster_id}. Run: kaiwa unanswered")
    return _cluster(row)


def dismiss(session: Session, merchant_id: int, cluster_id: int, now: datetime) -> Cluster:
    """Nobody is to answer this; dismissing again changes nothing. `Conflict` once answered."""
    before = cluster(session, merchant_id, cluster_id)
    if before.status == "open":
        settle(session, merchant_id, cluster_id, ("dismissed", None), now)
    elif before.status == "answered":
        raise Conflict(f"Question {cluster_id} is answered already ({before.outcome}).")
    return cluster(session, merchant_id, cluster_id)


def settle(
    session: Session,
    merchant_id: int,
    cluster_id: int,
    end: tuple[Status, str | None],
    now: datetime,
) -> None:
    """Mark what became of a cluster; `Conflict` when somebody answered it meanwhile."""
    done = session.run(
        """UPDATE unanswered_cluster SET status = :status, outcome = :outcome, settled_at = :now
        WHERE merchant_id = :merchant_id AND id = :id AND status <> 'answered'""",
        merchant_id=merchant_id,
        id=cluster_id,
        status=end[0],
        outcome=end[1],
        now=now,
    )
    if not done:
        raise Conflict(f"Question {cluster_id} is answered already.")
    if end[0] == "answered":
        session.run(
            """DELETE FROM unanswered_word
            WHERE merchant_id = :merchant_id AND cluster_id = :id""",
            merchant_id=merchant_id,
            id=cluster_id,
        )


_COLUMNS = "id, language, text, asked, status, outcome, first_at, last_at"


def _cluster(row: Row) -> Cluster:
    first_at, last_at = from_micros(row[6]), from_micros(row[7])
    return Cluster(row[0], row[1], row[2], row[3], row[4], row[5], first_at, last_at)
