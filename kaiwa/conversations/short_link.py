"""Short links of our own, for where every letter costs: `/l/` and nine random-looking characters.

Each leads to one address that we wrote into one message, for 90 days. The characters are made of
message and address with a secret, so that the same message gets the same ones however often it is
tried, and nobody can guess another's. A visitor counts once; what looks ahead does not.
"""

import hashlib
import hmac
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec

from kaiwa.engines.db import Row, Session
from kaiwa.engines.secrets import Secrets
from kaiwa.vocabulary.errors import NotFound
from kaiwa.vocabulary.time import from_micros, optional_micros

PATH: Final = "/l"
LIFE: Final = timedelta(days=90)
LENGTH: Final = 9
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
CODE: Final = re.compile(rf"[A-Za-z0-9]{{{LENGTH}}}")
# Programs that open links for others: mail filters, chats that draw previews, search engines.
_AHEAD: Final = re.compile(
    r"bot\b|bot/|crawl|spider|preview|facebookexternalhit|whatsapp/|line-poker|slack|twitter"
    r"|linkedin|telegram|skypeuripreview|safelinks|proofpoint|mimecast|barracuda|headless"
    r"|python-|curl/|wget/|go-http|okhttp$",
    re.IGNORECASE,
)


class ShortLink(msgspec.Struct, frozen=True):
    """One link: where it leads, and how many people followed it."""

    id: int
    merchant_id: int
    code: str
    url: str
    message_id: int | None
    clicks: int
    made_at: datetime
    expires_at: datetime
    first_click_at: datetime | None
    last_click_at: datetime | None


class Caller(msgspec.Struct, frozen=True):
    """Who follows a link, as far as it tells: where from, with what, and whether to look ahead."""

    client: str
    agent: str
    purpose: str = ""

    @property
    def looks_ahead(self) -> bool:
        """Whether it says that it is no person who wants to see the page now."""
        return not self.agent or bool(self.purpose) or _AHEAD.search(self.agent) is not None


class Codes:
    """Makes the characters, and the mark by which a visitor is known again."""

    def __init__(self, secrets: Secrets) -> None:
        self._key = secrets.derived("short-links")

    def code(self, message_id: int, url: str) -> str:
        """The nine characters of an address in a message."""
        left = int.from_bytes(self._digest(f"{message_id}:{url}"), "big")
        letters = []
        for _ in range(LENGTH):
            left, place = divmod(left, len(_LETTERS))
            letters.append(_LETTERS[place])
        return "".join(letters)

    def visitor(self, caller: Caller) -> str:
        """Neither address nor program can be found out from it."""
        return self._digest(f"{caller.client}\n{caller.agent}").hex()[:24]

    def _digest(self, text: str) -> bytes:
        return hmac.digest(self._key, text.encode(), hashlib.sha256)[:16]


_COLUMNS = (
    "id, merchant_id, code, url, message_id, clicks, made_at, expires_at, first_click_at,"
    " last_click_at"
)


def keep_links(
    session: Session,
    merchant_id: int,
    message_id: int,
    links: Sequence[tuple[str, str]],
    now: datetime,
) -> int:
    """Let these codes lead to these addresses; those that do already stay. How many are new."""
    added = 0
    for code, url in links:
        added += session.run(
            """INSERT INTO short_link
            (merchant_id, code, url, message_id, made_at, expires_at, clicks)
            SELECT merchant_id, :code, :url, id, CAST(:now AS bigint), CAST(:until AS bigint), 0
            FROM message WHERE id = :message AND merchant_id = :merchant_id
            ON CONFLICT (code) DO NOTHING""",
            code=code,
            url=url,
            now=now,
            until=now + LIFE,
            message=message_id,
            merchant_id=merchant_id,
        )
    return added


def link_of(session: Session, code: str, now: datetime) -> ShortLink:
    """Where a code leads; `NotFound` when it is not ours or has ended."""
    row = session.one(
        f"""SELECT {_COLUMNS} FROM short_link
        WHERE code = :code AND expires_at > :now""",  # every merchant: the code is the secret
        code=code,
        now=now,
    )
    if row is None:
        raise NotFound("This link has ended.", reason="link_ended")
    return _link(row)


def note_click(session: Session, link: ShortLink, visitor: str, now: datetime) -> bool:
    """Count a visitor who has not been counted; whether it was one."""
    new = session.run(
        """INSERT INTO short_link_click (short_link_id, visitor, merchant_id, at)
        VALUES (:id, :visitor, :merchant_id, :now) ON CONFLICT DO NOTHING""",
        id=link.id,
        visitor=visitor,
        merchant_id=link.merchant_id,
        now=now,
    )
    if new:
        session.run(
            """UPDATE short_link SET clicks = clicks + 1, last_click_at = :now,
            first_click_at = COALESCE(first_click_at, :now)
            WHERE id = :id AND merchant_id = :merchant_id""",
            now=now,
            id=link.id,
            merchant_id=link.merchant_id,
        )
    return bool(new)


def short_links(session: Session, merchant_id: int, limit: int) -> list[ShortLink]:
    """The merchant's newest links."""
    rows = session.all(
        f"""SELECT {_COLUMNS} FROM short_link WHERE merchant_id = :merchant_id
        ORDER BY id DESC LIMIT :limit""",
        merchant_id=merchant_id,
        limit=limit,
    )
    return [_link(row) for row in rows]


def forget_clicks(session: Session, before: datetime) -> None:
    """Who followed long ago is not needed any more; how many they were stays."""
    session.run(
        "DELETE FROM short_link_click WHERE at < :before",  # every merchant: upkeep
        before=before,
    )


def _link(row: Row) -> ShortLink:
    times = [from_micros(row[6]), from_micros(row[7]), *map(optional_micros, row[8:10])]
    values: list[Any] = [*row[:6], *times]
    return ShortLink(*values)
