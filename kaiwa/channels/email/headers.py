"""The headers of a mail as text, in order: encoded words decoded, raw bytes guessed. Total."""

import base64
import binascii
import quopri
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from functools import cached_property
from typing import Final

import msgspec

from kaiwa.channels.email.charset import clean, decoded
from kaiwa.channels.email.limits import most

_WORD: Final = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_BETWEEN: Final = re.compile(r"(\?=)\s+(?==\?)")
_FOLD: Final = re.compile(r"\r?\n[ \t]*|\r")
_MONTHS: Final = tuple("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split())
# As nearly every program writes it.
_DATE: Final = re.compile(
    rf"(?:[MTWFS][a-z]{{2}}, )?(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})"
    r" (\d\d):(\d\d):(\d\d) ([+-])(0\d|1[0-3])([0-5]\d)(?: \([A-Z]{1,5}\))?",
    re.ASCII,
)
_ID: Final = re.compile(r"<([^<>\s]{3,900})>")
_ADDRESS: Final = re.compile(
    r"[^\s@<>()\[\],;:\"\\]+@[^\s@<>()\[\],;:\"\\.]+(\.[^\s@<>()\[\],;:\"\\.]+)*"
)


# What nearly every header of people looks like, and what the library reads in it just so.
_WORDS: Final = r"[A-Za-z0-9=?_/+*!#$%&'^`{|}~-]+(?: [A-Za-z0-9=?_/+*!#$%&'^`{|}~-]+)*"
_PLAIN_ADDRESS: Final = r"[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*"
_ONE_PERSON: Final = re.compile(rf"(?:({_WORDS}) )?<({_PLAIN_ADDRESS})>|({_PLAIN_ADDRESS})")


class Person(msgspec.Struct, frozen=True):
    """A name and an address, in lower case."""

    name: str
    address: str


class Mail(Message):
    """A mail, or a part of one, whose headers are sorted by name once it has been read.

    `source` is what stood below the headers of a part, where the standard library did not read it.
    """

    source: str | None = None

    @cached_property
    def sorted(self) -> dict[str, list[str]]:
        """The headers by their names in lower case, unfolded and not decoded."""
        found: dict[str, list[str]] = {}
        longest = most("header")
        for name, value in self.raw_items():
            plain = str(value)[:longest]
            if "\n" in plain or "\r" in plain:
                plain = _FOLD.sub(" ", plain)
            found.setdefault(name.lower(), []).append(plain.strip())
        return found

    @cached_property
    def asked(self) -> dict[str, list[Person]]:
        """The people of those headers that were asked for."""
        return {}

    @cached_property
    def seen(self) -> dict[str, str]:
        """Those headers that were asked for, as their reader sees them."""
        return {}


def raw_values(mail: Mail, name: str) -> list[str]:
    """Every header so named, unfolded and not decoded, first to last."""
    return mail.sorted.get(name, [])


def value(mail: Mail, name: str) -> str:
    """The first header so named as its reader sees it; empty when there is none."""
    found = mail.seen.get(name)
    if found is None:
        raw = raw_values(mail, name)
        found = mail.seen[name] = readable(raw[0]) if raw else ""
    return found


def readable(raw: str) -> str:
    """A header's text with its encoded words and raw bytes decoded."""
    if "=?" not in raw and raw.isascii() and raw.isprintable():
        return " ".join(raw.split())
    raw = _BETWEEN.sub(r"\1", raw)
    return " ".join("".join(_pieces(raw)).split())


def people(mail: Mail, name: str) -> list[Person]:
    """The addresses of a header, those that are none left out."""
    if name not in mail.sorted:
        return []
    found = mail.asked.get(name)
    if found is None:
        named = (one for raw in raw_values(mail, name) for one in addresses(raw))
        found = mail.asked[name] = list(_people(named))
    return found


def addresses(raw: str) -> list[tuple[str, str]]:
    """Names and addresses as the standard library reads them, without it where they are plain."""
    plain = _ONE_PERSON.fullmatch(raw)
    return [(plain[1] or "", plain[2] or plain[3])] if plain else getaddresses([raw])


def _people(named: Iterable[tuple[str, str]]) -> Iterator[Person]:
    for called, address in named:
        plain = clean(bytes_of(address).decode("utf-8", "replace")).strip().lower()
        if is_address(plain):
            yield Person(readable(called)[:200], plain)


def is_address(text: str) -> bool:
    """Whether mail can be sent to it."""
    return len(text) <= most("address") and bool(_ADDRESS.fullmatch(text))


def ids(mail: Mail, name: str) -> tuple[str, ...]:
    """The message ids of a header in their angle brackets, in order, each once."""
    if name not in mail.sorted:
        return ()
    found = (one for raw in raw_values(mail, name) for one in _ID.findall(raw))
    fit = (f"<{clean(one)}>" for one in found if one.isascii())
    return tuple(dict.fromkeys(one for one in fit if len(one) <= most("message_id")))


def sent_at(mail: Mail, received_at: datetime) -> datetime | None:
    """When its writer sent it; never later than it was received."""
    for raw in raw_values(mail, "date"):
        try:
            at = date_of(raw[:100])
        except (ValueError, TypeError, OverflowError, IndexError):
            return None
        return min(at, received_at) if at.year > 1990 else None
    return None


def date_of(raw: str) -> datetime:
    """The time that a date names, in UTC; raises what the standard library raises on no date."""
    plain = _DATE.fullmatch(raw)
    if plain is None:
        at = parsedate_to_datetime(raw)
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    day, month, year, hour, minute, second, sign, hours, minutes = plain.groups()
    at = datetime(
        int(year), _MONTHS.index(month) + 1, int(day), int(hour), int(minute), int(second)
    )
    ahead = timedelta(hours=int(hours), minutes=int(minutes))
    return (at + ahead if sign == "-" else at - ahead).replace(tzinfo=UTC)


def _pieces(raw: str) -> Iterator[str]:
    """Plain stretches and encoded words; words of one charset beside each other are one.

    Many programs cut a character in two words.
    """
    at, held, label = 0, b"", ""
    for word in _WORD.finditer(raw):
        charset = word[1].partition("*")[0].lower()
        apart = word.start() > at
        if held and (apart or charset != label or charset.startswith("iso-2022")):
            yield decoded(held, label)
            held = b""
        if apart:
            yield _plain(raw[at : word.start()])
        held += _unpacked(word[2], word[3])
        at, label = word.end(), charset
    if held:
        yield decoded(held, label)
    yield _plain(raw[at:])


def _unpacked(how: str, text: str) -> bytes:
    body = bytes_of(text)
    if how in "qQ":
        return quopri.decodestring(body.replace(b"_", b" "), header=True)
    try:
        return base64.b64decode(body + b"=" * (-len(body) % 4))
    except (binascii.Error, ValueError):
        return b""


def _plain(text: str) -> str:
    return decoded(bytes_of(text), None) if text else ""


def bytes_of(text: str) -> bytes:
    """What stood in the mail."""
    # The parser keeps bytes beyond ASCII as half surrogates; other halves are of nobody.
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace")
