"""A mail taken apart: its words, its files and its reports. Total, however deep or broken it is."""

import base64
import binascii
import quopri
from collections.abc import Iterator
from functools import cached_property

import msgspec

from kaiwa.channels.email.charset import clean, decoded
from kaiwa.channels.email.headers import Mail, bytes_of, raw_values, readable
from kaiwa.channels.email.html import text_of
from kaiwa.channels.email.limits import most
from kaiwa.channels.email.opening import ODD, simple_type, type_of


class Leaf:
    """One part that holds no parts: its type, what its headers say of it, its bytes."""

    def __init__(self, part: Mail) -> None:
        self._part = part
        self.type = type_of(part)
        told = raw_values(part, "content-disposition")[:1]
        self.attached = bool(told) and told[0].lower().startswith("attachment")
        self.name = _name(part)

    @cached_property
    def body(self) -> bytes:
        """What was sent, its transfer encoding undone."""
        return _bytes(self._part, self.type)

    @cached_property
    def words(self) -> str:
        """The bytes as text."""
        return decoded(self.body, parameter(self._part, "charset") or None)

    @property
    def content_id(self) -> str:
        """By what name HTML shows it."""
        told = raw_values(self._part, "content-id")
        return told[0].strip("<>")[:200] if told else ""

    @property
    def flowed(self) -> bool:
        """Whether its lines go on where they end in a space."""
        return parameter(self._part, "format").lower() == "flowed"

    @property
    def delsp(self) -> bool:
        """Whether that space is the program's."""
        return parameter(self._part, "delsp").lower() == "yes"


class Taken(msgspec.Struct, frozen=True):
    """A mail's words, and its files in order."""

    text: str
    files: tuple[Leaf, ...]


def taken(mail: Mail) -> Taken:
    """The words and files of a mail."""
    found = leaves(mail)
    plain = [leaf for leaf in found if _is_text(leaf, "text/plain")]
    html = [leaf for leaf in found if _is_text(leaf, "text/html")]
    words = _joined(plain)
    if not words.strip() and html:
        words = "\n".join(text_of(leaf.words) for leaf in html[:3])
    files = [leaf for leaf in found if not (_is_text(leaf, "text/plain") or leaf in html)]
    if files and html:
        shown = "".join(leaf.words for leaf in html[:3])
        files = [leaf for leaf in files if not _is_drawn(leaf, shown)]
    return Taken(words[: most("original")], tuple(files))


def leaves(mail: Mail) -> list[Leaf]:
    """The parts that hold no parts, in order; a mail within the mail is one of them."""
    found = mail.__dict__.get("leaves")
    if found is None:
        found = mail.__dict__["leaves"] = list(_leaves(mail))
    return list(found)


def _leaves(mail: Mail) -> Iterator[Leaf]:
    waiting: list[tuple[Mail, int]] = [(mail, 0)]
    for _ in range(most("parts")):
        if not waiting:
            return
        part, depth = waiting.pop()
        inner = _inner(part)
        if inner is not None and depth < most("depth"):
            waiting.extend((one, depth + 1) for one in reversed(inner))
        elif inner is None:
            yield Leaf(part)


def parameter(part: Mail, name: str) -> str:
    """A parameter of the content type, empty when there is none."""
    simple = simple_type(part)
    if simple is not None:
        return simple[1].get(name, "")[:200]
    try:
        told = part.get_param(name)
    except ODD:
        return ""
    return clean(told[2] if isinstance(told, tuple) else str(told or ""))[:200]


def inside(part: Mail) -> list[Mail]:
    """The parts of a part."""
    held = part.get_payload()
    return [one for one in held if isinstance(one, Mail)] if isinstance(held, list) else []


def _inner(part: Mail) -> list[Mail] | None:
    """What a multipart holds; a mail within a mail is a file, and a part without parts none."""
    if type_of(part).startswith("message/"):
        return None
    return inside(part) if part.is_multipart() else None


def _bytes(part: Mail, kind: str) -> bytes:
    source = bytes_of(part.source) if part.source is not None else None
    if kind.startswith("message/") and source is not None:
        return source
    try:
        if kind.startswith("message/") and part.is_multipart():
            return b"\n".join(one.as_bytes() for one in inside(part))
        simple = None if source is None else _simply_decoded(part, source)
        body = part.get_payload(decode=True) if simple is None else simple
    except ODD:
        return b""
    return body if isinstance(body, bytes) else b""


def _simply_decoded(part: Mail, body: bytes) -> bytes | None:
    """The bytes where the transfer encoding is one of the usual and kept to; else None."""
    how = raw_values(part, "content-transfer-encoding")
    match how[0].lower() if how else "":
        case "" | "7bit" | "8bit" | "binary":
            return body
        case "quoted-printable":
            return quopri.decodestring(body)
        case "base64":
            try:
                return base64.b64decode(b"".join(body.split()), validate=True)
            except binascii.Error:
                return None
    return None


def _name(part: Mail) -> str:
    """The file's name. Bytes that no standard allows are read before the parameters are."""
    simple = simple_type(part)
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
    texts = (_unflowed(leaf) if leaf.flowed else leaf.words for leaf in plain)
    return "\n".join(text.rstrip("\n") for text in texts)


def _unflowed(leaf: Leaf) -> str:
    """Lines that end in a space go on in the next one of the same depth (RFC 3676)."""
    lines: list[str] = []
    depth_before, goes_on = -1, False
    for line in leaf.words.split("\n"):
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


def _is_drawn(leaf: Leaf, html: str) -> bool:
    """A logo or a spacer that its HTML shows."""
    if not leaf.content_id or not leaf.type.startswith("image/"):
        return False
    return f"cid:{leaf.content_id}" in html and len(leaf.body) < most("least_inline")
