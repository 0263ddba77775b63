"""What a call says: a JSON object, or a form as the SMS API may send it."""

from typing import Any, Final
from urllib.parse import parse_qsl

import msgspec

_TREE: Final = msgspec.json.Decoder(dict[str, Any])


def said_by(raw: bytes) -> dict[str, Any]:
    """Names and values; empty when it is neither an object nor a form."""
    if raw.lstrip().startswith(b"{"):
        return tree_of(raw)
    try:
        text = raw.decode("utf-8", "replace")
        return dict(reversed(parse_qsl(text, keep_blank_values=True, errors="replace")))
    except ValueError:
        return {}


def fields_of(raw: bytes) -> dict[str, str]:
    """The same, without what is no string and no whole number."""
    return {
        name: str(value)
        for name, value in said_by(raw).items()
        if isinstance(value, str | int) and not isinstance(value, bool)
    }


def tree_of(raw: bytes) -> dict[str, Any]:
    """The JSON object; empty when it is none."""
    try:
        tree: dict[str, Any] = _TREE.decode(raw)
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        return {}
    return tree
