"""The plain fields of a call: of a JSON object, or of a form as the SMS API may send it."""

from typing import Any
from urllib.parse import parse_qsl

import msgspec


def fields_of(raw: bytes) -> dict[str, str]:
    """Names and values; what is no string or number is left out. None when it is neither."""
    text = raw.decode("utf-8", "replace")
    if not text.lstrip().startswith("{"):
        try:
            return dict(reversed(parse_qsl(text, keep_blank_values=True, errors="replace")))
        except ValueError:
            return {}
    return {
        name: str(value)
        for name, value in tree_of(raw).items()
        if isinstance(value, str | int) and not isinstance(value, bool)
    }


def tree_of(raw: bytes) -> dict[str, Any]:
    """The JSON object; empty when it is none."""
    try:
        tree: dict[str, Any] = msgspec.json.decode(raw, type=dict[str, Any])
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        return {}
    return tree
