"""A posted form, read as the standard library reads it and in a fraction of its time."""

import binascii
import re
from typing import Final

_ESCAPED: Final = re.compile(rb"(?:%[0-9A-Fa-f]{2})+")

# What quoted-printable reads in its own way beside its escapes.
_EQUALS, _FEED, _RETURN = b"=\n\r"


def unquoted(value: bytes) -> bytes:
    """The bytes that a name or value of a form stands for."""
    spaced = value.replace(b"+", b" ")
    escapes = value.count(b"%")
    if not escapes:
        return spaced
    if not (_EQUALS in value or _FEED in value or _RETURN in value):
        # Quoted-printable is the same with another sign, and the library reads it at once. Every
        # escape that is one is two bytes shorter then; one that is none is left longer.
        found = binascii.a2b_qp(spaced.replace(b"%", b"="))
        if len(found) == len(value) - 2 * escapes:
            return found
    return _ESCAPED.sub(_bytes, spaced)


def pairs(body: bytes) -> list[tuple[str, str]]:
    """Names and values in order, empty values too; bytes that are no UTF-8 as half surrogates."""
    found = []
    for pair in body.split(b"&"):
        if pair:
            name, _, value = pair.partition(b"=")
            found.append((_text(name), _text(value)))
    return found


def _text(value: bytes) -> str:
    plain = value if value.isalnum() else unquoted(value)
    return plain.decode("utf-8", "surrogateescape")


def _bytes(escaped: re.Match[bytes]) -> bytes:
    return bytes.fromhex(escaped[0].replace(b"%", b"").decode())
