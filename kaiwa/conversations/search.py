"""Finds messages by any part of their words, one- and two-character Japanese words too.

Each text is indexed by its distinct pairs of neighbouring characters: on SQLite as tokens of FTS5
that carry the merchant (a single character is found as the beginning of a pair, so the last one of
a text is a token too), on PostgreSQL with the single characters as an array under GIN. A hit is
checked again against the text itself, so pairs that only happen to occur give no false find.
"""

import re
import unicodedata
from datetime import datetime
from typing import Any

import msgspec

from kaiwa.engines.db import Row, Session
from kaiwa.vocabulary.time import from_micros

LONGEST_TEXT = 4_000
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
    forget_message(session, message_id)
    plain = normalised(text)
    if not plain:
        return
    if session.dialect == "sqlite":
        session.run(
            "INSERT INTO message_search (rowid, grams)"
            " VALUES (:id, :grams)",  # every merchant: the tokens carry the merchant
            id=message_id,
            grams=" ".join(_token(merchant_id, gram) for gram in _pairs(plain) | {plain[-1]}),
        )
        return
    session.run(
        """INSERT INTO message_search (message_id, merchant_id, grams)
        VALUES (:id, :merchant_id, CAST(:grams AS text[]))""",
        id=message_id,
        merchant_id=merchant_id,
        grams=sorted(_pairs(plain) | set(plain)),
    )


def forget_message(session: Session, message_id: int) -> None:
    """The message's words must not be found any more."""
    column = "rowid" if session.dialect == "sqlite" else "message_id"
    session.run(
        f"DELETE FROM message_search WHERE {column} = :id",  # every merchant: the id is ours
        id=message_id,
    )


def find_messages(session: Session, merchant_id: int, wanted: Search) -> list[Hit]:
    """The newest messages that contain the words, every blank-separated part of the query."""
    parts = [part for part in map(normalised, wanted.query.split()) if part]
    if not parts:
        return []
    hits: list[Hit] = []
    before = wanted.before or 2**62
    while len(hits) < wanted.limit:
        ids = _candidates(session, merchant_id, parts, (before, 4 * wanted.limit))
        if not ids:
            break
        before = ids[-1]
        rows = _rows(session, merchant_id, ids)
        hits += [_hit(row) for row in rows if all(part in normalised(row[6]) for part in parts)]
    return hits[: wanted.limit]


def _candidates(
    session: Session, merchant_id: int, parts: list[str], page: tuple[int, int]
) -> list[int]:
    if session.dialect == "sqlite":
        match = " AND ".join(_terms(merchant_id, part) for part in parts)
        rows = session.all(
            """SELECT rowid FROM message_search WHERE message_search MATCH :match
            AND rowid < :before ORDER BY rowid DESC
            LIMIT :limit""",  # every merchant: the tokens carry the merchant
            match=match,
            before=page[0],
            limit=page[1],
        )
        return [row[0] for row in rows]
    wanted = {gram for part in parts for gram in (_pairs(part) or {part})}
    rows = session.all(
        """SELECT message_id FROM message_search WHERE merchant_id = :merchant_id
        AND message_id < :before AND grams @> CAST(:wanted AS text[])
        ORDER BY message_id DESC LIMIT :limit""",
        merchant_id=merchant_id,
        before=page[0],
        limit=page[1],
        wanted=sorted(wanted),
    )
    return [row[0] for row in rows]


def _terms(merchant_id: int, part: str) -> str:
    if len(part) == 1:
        return f'"{_token(merchant_id, part)}" *'
    return " AND ".join(f'"{_token(merchant_id, gram)}"' for gram in sorted(_pairs(part)))


def _token(merchant_id: int, gram: str) -> str:
    return f"{merchant_id}x" + "".join(f"{ord(char):05x}" for char in gram)


def _rows(session: Session, merchant_id: int, ids: list[int]) -> list[Row]:
    marks = ", ".join(f":id{n}" for n in range(len(ids)))
    return session.all(
        f"""SELECT m.conversation_id, m.id, m.seq, c.customer_id, p.name, b.channel, m.text,
          COALESCE(m.occurred_at, m.recorded_at)
        FROM message m
        JOIN conversation c ON c.id = m.conversation_id AND c.merchant_id = m.merchant_id
        JOIN customer p ON p.id = c.customer_id AND p.merchant_id = m.merchant_id
        JOIN inbox b ON b.id = m.inbox_id AND b.merchant_id = m.merchant_id
        WHERE m.merchant_id = :merchant_id AND m.id IN ({marks}) ORDER BY m.id DESC""",
        merchant_id=merchant_id,
        **{f"id{n}": value for n, value in enumerate(ids)},
    )


def _hit(row: Row) -> Hit:
    values: list[Any] = [*row[:7], from_micros(row[7])]
    return Hit(*values)
