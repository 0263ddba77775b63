"""A posted form, read as the standard library reads it and in a fraction of its time."""

import re
from typing import Final

_ESCAPED: Final = re.compile(rb"(?:%[0-9A-Fa-f]{2})+")


def unquoted(value: bytes) -> bytes:
    """The bytes that a name or value of a form stands for."""
    return _ESCAPED.sub(_bytes, value.replace(b"+", b" "))


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
