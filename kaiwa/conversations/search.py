"""Finds messages by any part of their words, one- and two-character Japanese words too.

Each text is indexed by its distinct pairs of neighbouring characters, each with the merchant in it:
on SQLite as tokens of FTS5 (a single character is found as the beginning of a pair, so the last one
of a text is a token too), on PostgreSQL with the single characters as an array of hashes under GIN.
A hit is checked again against the text itself, so pairs (or hashes) that only happen to occur give
no false find.
"""

import re
import unicodedata
import zlib
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from itertools import pairwise
from typing import Any

import msgspec

from kaiwa.engines.db import Row, Session
from kaiwa.vocabulary.time import from_micros

LONGEST_TEXT = 4_000
MOST_GRAMS = 64
NEWEST = 3_000
_DROPPED = re.compile(r"[\s\x00-\x1f\x7f-\x9f\ud800-\udfff、。，．,.!?！？「」『』()（）]+")
# カ and か are one letter to whoever searches, as A and a are.
_HIRAGANA = {code: code - 0x60 for code in (*range(0x30A1, 0x30F7), 0x30FD, 0x30FE)}


class Hit(msgspec.Struct, frozen=True):
    """A found message with where it stands."""

    conversation_id: int
    message_id: int
    seq: int
    customer_id: int
    customer_name: str | None
    channel: str
    text: str
    occurred_at: datetime


class Search(msgspec.Struct, frozen=True):
    """What to find; `before` is the id of the last hit already seen."""

    query: str
    limit: int = 20
    before: int | None = None


def normalised(text: str) -> str:
    """The text as it is compared: NFKC, without case, katakana, spaces and punctuation."""
    folded = unicodedata.normalize("NFKC", text[:LONGEST_TEXT]).casefold()
    bare = _DROPPED.sub("", unicodedata.normalize("NFKC", folded)).translate(_HIRAGANA)
    # What now stands side by side may be one letter: the same words again must give the same.
    return unicodedata.normalize("NFKC", bare)


def _pairs(plain: str) -> set[str]:
    return {plain[at : at + 2] for at in range(len(plain) - 1)}


def index_message(session: Session, merchant_id: int, message_id: int, text: str) -> None:
    """Make the message findable, or findable by its new words."""
    forget_message(session, merchant_id, message_id)
    index_new(session, merchant_id, [(message_id, text)])


def index_new(session: Session, merchant_id: int, messages: list[tuple[int, str]]) -> None:
    """Make messages findable that were not in the index: (id, text) each."""
    rows = [
        {"id": message_id, "merchant_id": merchant_id, "grams": _grams(session, merchant_id, plain)}
        for message_id, text in messages
        if (plain := normalised(text))
    ]
    if session.dialect == "sqlite":
        session.many(
            "INSERT INTO message_search (rowid, grams)"
            " VALUES (:id, :grams)",  # every merchant: the tokens carry the merchant
            rows,
        )
        return
    session.many(
        """INSERT INTO message_search (merchant_id, message_id, grams)
        VALUES (:merchant_id, :id, :grams)""",
        rows,
    )


def forget_message(session: Session, merchant_id: int, message_id: int) -> None:
    """The message's words must not be found any more."""
    if session.dialect == "sqlite":
        session.run(
            """DELETE FROM message_search WHERE rowid =
            (SELECT id FROM message WHERE id = :id AND merchant_id = :merchant_id)""",
            id=message_id,
            merchant_id=merchant_id,
        )
        return
    session.run(
        """DELETE FROM message_search
        WHERE message_id = :id AND merchant_id = :merchant_id""",
        id=message_id,
        merchant_id=merchant_id,
    )


def _grams(session: Session, merchant_id: int, plain: str) -> str | list[int]:
    if session.dialect == "sqlite":
        codes = [_code(char) for char in plain]
        shown = {first + second for first, second in pairwise(codes)} | {codes[-1]}
        return " ".join(f"{merchant_id}x{code}" for code in shown)
    return _hashes(merchant_id, _pairs(plain) | set(plain))


def find_messages(session: Session, merchant_id: int, wanted: Search) -> list[Hit]:
    """The newest messages that contain the words, every blank-separated part of the query."""
    parts = list(dict.fromkeys(part for part in map(normalised, wanted.query.split()) if part))
    hits: list[Hit] = []
    before, more = wanted.before or 2**62, bool(parts)
    while more and len(hits) < wanted.limit:
        page = (before, 4 * wanted.limit)
        ids, more = _candidates(session, merchant_id, _asked(parts), page)
        rows = _rows(session, merchant_id, ids) if ids else []
        hits += [_hit(row) for row in rows if all(part in normalised(row[6]) for part in parts)]
        before = ids[-1] if ids else 0
    return hits[: wanted.limit]


def _asked(parts: list[str]) -> list[str]:
    # The text itself is checked afterwards: some of very many grams are enough to look for.
    return sorted({gram for part in parts for gram in (_pairs(part) or {part})})[:MOST_GRAMS]


def _candidates(
    session: Session, merchant_id: int, grams: list[str], page: tuple[int, int]
) -> tuple[list[int], bool]:
    if session.dialect == "sqlite":
        ids = _by_tokens(session, merchant_id, grams, page)
        return ids, len(ids) == page[1]
    # Common words are among the newest messages, rare ones have few: neither reads much.
    wanted = _hashes(merchant_id, grams)
    ids = _among_newest(session, merchant_id, wanted, page)
    if len(ids) * 4 >= page[1]:
        return ids, True
    ids = _in_index(session, merchant_id, wanted, page)
    return ids, len(ids) == page[1]


def _by_tokens(
    session: Session, merchant_id: int, grams: list[str], page: tuple[int, int]
) -> list[int]:
    terms = (f'"{_token(merchant_id, gram)}"' + " *" * (len(gram) == 1) for gram in grams)
    rows = session.all(
        """SELECT rowid FROM message_search WHERE message_search MATCH :match
        AND rowid < :before ORDER BY rowid DESC
        LIMIT :limit""",  # every merchant: the tokens carry the merchant
        match=" AND ".join(terms),
        before=page[0],
        limit=page[1],
    )
    return [row[0] for row in rows]


def _among_newest(
    session: Session, merchant_id: int, wanted: list[int], page: tuple[int, int]
) -> list[int]:
    rows = session.all(
        """SELECT message_id FROM (SELECT message_id, grams FROM message_search
          WHERE merchant_id = :merchant_id AND message_id < :before
          ORDER BY message_id DESC LIMIT :newest) AS newest
        WHERE grams @> CAST(:wanted AS integer[]) ORDER BY message_id DESC LIMIT :limit""",
        merchant_id=merchant_id,
        before=page[0],
        newest=NEWEST,
        wanted=wanted,
        limit=page[1],
    )
    return [row[0] for row in rows]


def _in_index(
    session: Session, merchant_id: int, wanted: list[int], page: tuple[int, int]
) -> list[int]:
    # Materialized, so that the limit does not make the planner walk all messages backwards.
    rows = session.all(
        """WITH found AS MATERIALIZED (SELECT message_id FROM message_search
          WHERE grams @> CAST(:wanted AS integer[]) AND +merchant_id = :merchant_id)
        SELECT message_id FROM found WHERE message_id < :before
        ORDER BY message_id DESC LIMIT :limit""",
        merchant_id=merchant_id,
        before=page[0],
        wanted=wanted,
        limit=page[1],
    )
    return [row[0] for row in rows]


def _token(merchant_id: int, gram: str) -> str:
    return f"{merchant_id}x" + "".join(map(_code, gram))


@lru_cache(maxsize=10_000)
def _code(char: str) -> str:
    return f"{ord(char):05x}"


def _hashes(merchant_id: int, grams: Iterable[str]) -> list[int]:
    return sorted({zlib.crc32(f"{merchant_id}:{gram}".encode()) - 2**31 for gram in grams})


def _rows(session: Session, merchant_id: int, ids: list[int]) -> list[Row]:
    marks = ", ".join(f":id{n}" for n in range(len(ids)))
    # `+`: SQLite would rather walk all of the merchant's messages than look these up.
    return session.all(
        f"""SELECT m.conversation_id, m.id, m.seq, c.customer_id, p.name, b.channel, m.text,
          COALESCE(m.occurred_at, m.recorded_at)
        FROM message m
        JOIN conversation c ON c.id = m.conversation_id AND c.merchant_id = m.merchant_id
        JOIN customer p ON p.id = c.customer_id AND p.merchant_id = m.merchant_id
        JOIN inbox b ON b.id = m.inbox_id AND b.merchant_id = m.merchant_id
        WHERE +m.merchant_id = :merchant_id AND m.id IN ({marks}) ORDER BY m.id DESC""",
        merchant_id=merchant_id,
        **{f"id{n}": value for n, value in enumerate(ids)},
    )


def _hit(row: Row) -> Hit:
    values: list[Any] = [*row[:7], from_micros(row[7])]
    return Hit(*values)
