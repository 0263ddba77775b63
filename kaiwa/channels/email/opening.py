"""The bytes of a mail as its parts. Total, however deep or broken it is.

Nearly every mail is plain: headers with a colon each, parts between their boundaries. Those are
cut here, at a quarter of what the standard library takes for the same; all else is read by it.
"""

import email
import re
from functools import lru_cache
from typing import Final

from kaiwa.channels.email.headers import Mail
from kaiwa.channels.email.limits import most

_TYPE: Final = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,80}/[a-z0-9][a-z0-9!#$&^_.+-]{0,80}")
_TOKEN: Final = r"[A-Za-z0-9_.+/:-]+"
_PARAMETER: Final = re.compile(rf"([A-Za-z-]+)=(?:({_TOKEN})|\"([A-Za-z0-9_.+/:=?() ~-]*)\")")
_PLAIN: Final = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9.+-]{0,60}/[A-Za-z0-9][A-Za-z0-9.+-]{0,60}"
    rf"(?:; ?{_PARAMETER.pattern})*;?"
)
_LONGEST_PLAIN: Final = 300
# Each level is a copy of what stands in it.
_LARGE: Final = 1_000_000
_LEVELS_OF_LARGE: Final = 4
# What the standard library's parser and its payloads raise on hostile input.
ODD: Final = (
    ValueError, TypeError, LookupError, AttributeError, AssertionError, RecursionError,
    NotImplementedError,
)  # fmt: skip


def opened(raw: bytes) -> Mail:
    """The mail of the bytes; of what no parser can bear, its headers with nothing in them.

    Every line costs as much as there are levels: of a mail with too many, the beginning is read.
    """
    if len(raw) > most("kept_whole") and raw.lower().count(b"multipart/") > most("depth"):
        raw = raw[: most("kept_whole")]
    plain = plainly_opened(raw)
    if plain is not None:
        return plain
    try:
        return email.message_from_bytes(raw, _class=Mail)
    except ODD:
        head = re.split(rb"\r?\n\r?\n", raw, maxsplit=1)[0]
        return _headers_only(head[: most("header")])


def plainly_opened(raw: bytes) -> Mail | None:
    """The mail as the standard library opens it, where nothing in it needs that; else None."""
    text = raw.decode("ascii", "surrogateescape")
    if "\r" in text and text.count("\r") != text.count("\r\n"):
        return None
    return _cut(text, most("depth") if len(text) < _LARGE else _LEVELS_OF_LARGE)


def type_of(part: Mail) -> str:
    """The declared type, or that of plain bytes where it is none."""
    simple = simple_type(part)
    if simple is not None:
        return simple[0]
    try:
        told = part.get_content_type().lower()
    except ODD:
        return "application/octet-stream"
    return told if _TYPE.fullmatch(told) else "application/octet-stream"


def simple_type(part: Mail) -> tuple[str, dict[str, str]] | None:
    """Type and parameters where nothing in them needs the library's care; else None."""
    told = part.sorted.get("content-type")
    return plainly(told[0]) if told is not None and len(told) == 1 else None


@lru_cache(maxsize=1_000)
def plainly(told: str) -> tuple[str, dict[str, str]] | None:
    """The same of a header's text; None when it is not plain."""
    if len(told) > _LONGEST_PLAIN or not _PLAIN.fullmatch(told):
        return None
    kind, _, rest = told.partition(";")
    named: dict[str, str] = {}
    for found in _PARAMETER.finditer(rest):
        named.setdefault(found[1].lower(), found[2] or found[3] or "")
    return kind.strip().lower(), named


def _cut(text: str, levels: int) -> Mail | None:
    """Headers and what stands below them; None when one of them is not plain."""
    part = Mail()
    head, body = _parted(text)
    if not _take_headers(part, head):
        return None
    simple = simple_type(part)
    if simple is None:
        return None if "content-type" in part.sorted else _with_words(part, body)
    kind, named = simple
    family = kind.partition("/")[0]
    if family == "multipart":
        pieces = _between(body, named.get("boundary", ""))
        plain = pieces and kind != "multipart/digest"
        return _holding(part, pieces, levels) if plain else None
    if family != "message":
        return _with_words(part, body)
    part.source = body
    blocks = _blocks(body) if kind == "message/delivery-status" else [body]
    return _holding(part, blocks, levels) if blocks else None


def _parted(text: str) -> tuple[str, str]:
    """Before and behind the first empty line."""
    if text.startswith(("\n", "\r\n")):
        return "", text.partition("\n")[2]
    at, wide = text.find("\n\n"), text.find("\n\r\n")
    if wide >= 0 and (at < 0 or wide < at):
        return text[:wide], text[wide + 3 :]
    return (text[:at], text[at + 2 :]) if at >= 0 else (text, "")


def _take_headers(part: Mail, head: str) -> bool:
    """Whether all of them are names and values."""
    if not head:
        return True
    name, lines = "", []
    for line in head.rstrip("\r\n").split("\n"):
        if line.startswith((" ", "\t")) and name:
            lines.append(line)
            continue
        if name:
            part.set_raw(name, "\n".join(lines).rstrip("\r\n"))
        name, colon, value = line.partition(":")
        if not (colon and name.isascii() and name.isprintable()) or " " in name or not name:
            return False
        lines = [value.lstrip(" \t")]
    part.set_raw(name, "\n".join(lines).rstrip("\r\n"))
    return True


def _with_words(part: Mail, body: str) -> Mail:
    part.source = body
    part.set_payload(body)
    return part


def _holding(part: Mail, pieces: list[str], levels: int) -> Mail | None:
    for piece in pieces:
        inner = _cut(piece, levels - 1) if levels else None
        if inner is None:
            return None
        part.attach(inner)
    return part


def _between(body: str, boundary: str) -> list[str]:
    """What stands between the boundaries; empty when they are not quite as they should be."""
    line = f"\n--{boundary}"
    first, *rest = f"\n{body}".split(line)
    pieces: list[str] = []
    for piece in rest:
        if piece.startswith("--"):
            ended = piece[2:].startswith(("\n", "\r\n")) or len(piece) == 2
            # A boundary behind the last one belongs to nobody.
            return pieces if boundary and ended else []
        _, begun, words = piece.partition("\n")
        if not begun or piece[: piece.index("\n")].strip("\r"):
            return []
        pieces.append(words.removesuffix("\r"))
    return []


def _blocks(body: str) -> list[str]:
    """The fields of the mail itself, and of each recipient; empty when they stand oddly."""
    plain = body.replace("\r\n", "\n").strip("\n")
    return [] if "\n\n\n" in plain else plain.split("\n\n")


def _headers_only(head: bytes) -> Mail:
    try:
        return email.message_from_bytes(head + b"\r\n\r\n", _class=Mail)
    except ODD:
        return Mail()
