"""The mark a message of ours carries, so that its echo is known for what it is."""

from typing import Final

_OURS: Final = "kaiwa:"


def mark(retry_key: str) -> str:
    """What goes into a message's `metadata`."""
    return _OURS + retry_key


def key_of(metadata: str) -> str | None:
    """The retry key in the `metadata` of an echo; None when the message was not ours."""
    key = metadata.removeprefix(_OURS)
    return key if metadata != key and 0 < len(key) <= 200 and "\0" not in key else None
