"""What the bot's own buttons mean: the payloads it writes and reads again."""

from typing import Final

PERSON: Final = "person"
DECLINE: Final = "decline"
_FAQ: Final = "faq:"


def faq(entry_id: int) -> str:
    """The payload of a button that asks for one FAQ entry."""
    return f"{_FAQ}{entry_id}"


def faq_id(payload: str) -> int | None:
    """The FAQ entry a payload asks for, or None when it asks for something else."""
    digits = payload.removeprefix(_FAQ)
    if digits == payload or not (digits.isascii() and digits.isdigit()) or len(digits) > 18:
        return None
    return int(digits)
