"""A mail taken apart: its words, its files and its reports. Total, however deep or broken it is."""

import email
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import msgspec

from kaiwa.channels.email.charset import clean, decoded
from kaiwa.channels.email.headers import Mail, bytes_of, raw_values, readable
from kaiwa.channels.email.html import text_of
from kaiwa.channels.email.limits import most

_TYPE: Final = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,80}/[a-z0-9][a-z0-9!#$&^_.+-]{0,80}")
_TOKEN: Final = r"[A-Za-z0-9_.+/:-]+"
_PARAMETER: Final = re.compile(rf"([A-Za-z-]+)=(?:({_TOKEN})|\"([A-Za-z0-9_.+/:=?() ~-]*)\")")
_PLAIN: Final = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9.+-]{0,60}/[A-Za-z0-9][A-Za-z0-9.+-]{0,60}"
    rf"(?:; ?{_PARAMETER.pattern})*;?"
)
_LONGEST_PLAIN: Final = 300
# What the standard library's parser and its payloads raise on hostile input.
ODD: Final = (
    ValueError, TypeError, LookupError, AttributeError, AssertionError, RecursionError,
    NotImplementedError,
)  # fmt: skip


class Leaf(msgspec.Struct, frozen=True):
    """One part that holds no parts: its type, what its headers say of it, its bytes."""

    type: str
    body: bytes
    charset: str | None = None
    name: str = ""
    attached: bool = False
    content_id: str = ""
    flowed: bool = False
    delsp: bool = False


class Taken(msgspec.Struct, frozen=True):
    """A mail's words, and its files in order."""

    text: str
    files: tuple[Leaf, ...]


def opened(raw: bytes) -> Mail:
    """The mail of the bytes; of what the parser cannot bear, its headers with nothing in them.

    Every line costs as much as there are levels: of a mail with too many, the beginning is read.
    """
    if len(raw) > most("kept_whole") and raw.lower().count(b"multipart/") > most("depth"):
        raw = raw[: most("kept_whole")]
    try:
        return email.message_from_bytes(raw, _class=Mail)
    except ODD:
        head = re.split(rb"\r?\n\r?\n", raw, maxsplit=1)[0]
        return _headers_only(head[: most("header")])


def taken(mail: Mail) -> Taken:
    """The words and files of a mail."""
    found = list(leaves(mail))
    plain = [leaf for leaf in found if _is_text(leaf, "text/plain")]
    html = [leaf for leaf in found if _is_text(leaf, "text/html")]
    words = _joined(plain)
    if not words.strip() and html:
        words = "\n".join(text_of(decoded(leaf.body, leaf.charset)) for leaf in html[:3])
    shown = "".join(decoded(leaf.body, leaf.charset) for leaf in html[:3])
    files = tuple(leaf for leaf in found if leaf not in (*plain, *html) and _is_file(leaf, shown))
    return Taken(words[: most("original")], files)


def leaves(mail: Mail) -> Iterator[Leaf]:
    """The parts that hold no parts, in order; a mail within the mail is one of them."""
    waiting: list[tuple[Mail, int]] = [(mail, 0)]
    for _ in range(most("parts")):
        if not waiting:
            return
        part, depth = waiting.pop()
        inner = _inner(part)
        if inner is not None and depth < most("depth"):
            waiting.extend((one, depth + 1) for one in reversed(inner))
        elif inner is None:
            yield _leaf(part)


def type_of(part: Mail) -> str:
    """The declared type, or that of plain bytes where it is none."""
    simple = _simple(part)
    if simple is not None:
        return simple[0]
    try:
        told = part.get_content_type().lower()
    except ODD:
        return "application/octet-stream"
    return told if _TYPE.fullmatch(told) else "application/octet-stream"


def parameter(part: Mail, name: str) -> str:
    """A parameter of the content type, empty when there is none."""
    simple = _simple(part)
    if simple is not None:
        return simple[1].get(name, "")[:200]
    try:
        told = part.get_param(name)
    except ODD:
        return ""
    return clean(told[2] if isinstance(told, tuple) else str(told or ""))[:200]


def _simple(part: Mail) -> tuple[str, dict[str, str]] | None:
    """Type and parameters where nothing in them needs the library's care; else None."""
    told = part.sorted.get("content-type")
    return None if told is None or len(told) != 1 else plainly(told[0])


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


def inside(part: Mail) -> list[Mail]:
    """The parts of a part."""
    held = part.get_payload()
    return [one for one in held if isinstance(one, Mail)] if isinstance(held, list) else []


def _headers_only(head: bytes) -> Mail:
    try:
        return email.message_from_bytes(head + b"\r\n\r\n", _class=Mail)
    except ODD:
        return Mail()


def _inner(part: Mail) -> list[Mail] | None:
    """What a multipart holds; a mail within a mail is a file, and a part without parts none."""
    if type_of(part).startswith("message/"):
        return None
    return inside(part) if part.is_multipart() else None


def _leaf(part: Mail) -> Leaf:
    kind = type_of(part)
    disposition = str(part.get("content-disposition") or "").strip().lower()
    return Leaf(
        type=kind,
        body=_bytes(part, kind),
        charset=parameter(part, "charset") or None,
        name=_name(part),
        attached=disposition.startswith("attachment"),
        content_id=str(part.get("content-id") or "").strip().strip("<>")[:200],
        flowed=parameter(part, "format").lower() == "flowed",
        delsp=parameter(part, "delsp").lower() == "yes",
    )


def _bytes(part: Mail, kind: str) -> bytes:
    try:
        if kind.startswith("message/") and part.is_multipart():
            return b"\n".join(one.as_bytes() for one in inside(part))
        body = part.get_payload(decode=True)
    except ODD:
        return b""
    return body if isinstance(body, bytes) else b""


def _name(part: Mail) -> str:
    """The file's name. Bytes that no standard allows are read before the parameters are."""
    simple = _simple(part)
    if "content-disposition" not in part.sorted and (
        "content-type" not in part.sorted or (simple is not None and "name" not in simple[1])
    ):
        return ""
    plain = Mail()
    for header in ("content-disposition", "content-type"):
        for text in raw_values(part, header)[:1]:
            plain[header] = decoded(bytes_of(text), None)
    try:
        told = plain.get_filename() or ""
    except ODD:
        told = ""
    return readable(str(told))[:200]


def _is_text(leaf: Leaf, kind: str) -> bool:
    # A text with a file's name is a file, whatever its disposition.
    return leaf.type == kind and not leaf.attached and not leaf.name


def _joined(plain: list[Leaf]) -> str:
    texts = (_unflowed(leaf) if leaf.flowed else decoded(leaf.body, leaf.charset) for leaf in plain)
    return "\n".join(text.rstrip("\n") for text in texts)


def _unflowed(leaf: Leaf) -> str:
    """Lines that end in a space go on in the next one of the same depth (RFC 3676)."""
    lines: list[str] = []
    depth_before, goes_on = -1, False
    for line in decoded(leaf.body, leaf.charset).split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        words = line[depth:].removeprefix(" ")
        delimiter = words == "-- "
        if goes_on and depth == depth_before and not delimiter:
            lines[-1] += words
        else:
            lines.append((">" * depth + " " if depth else "") + words)
        goes_on = words.endswith(" ") and not delimiter
        if goes_on and leaf.delsp:
            lines[-1] = lines[-1][:-1]
        depth_before = depth
    return "\n".join(line if line == "-- " else line.rstrip() for line in lines)


def _is_file(leaf: Leaf, html: str) -> bool:
    if leaf.type in ("text/plain", "text/html") and not leaf.attached and not leaf.name:
        return False
    drawn = bool(leaf.content_id) and f"cid:{leaf.content_id}" in html
    small = len(leaf.body) < most("least_inline")
    return not (drawn and small and leaf.type.startswith("image/"))
