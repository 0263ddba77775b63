"""What the bot's own buttons mean: the payloads it writes and reads again."""

from typing import Final

PERSON: Final = "person"
DECLINE: Final = "decline"
BOT: Final = "bot"
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


def add(product_id: int, variant_id: int | None) -> str:
    """The payload of a button that puts a product, or just this variant, in the cart."""
    return f"add:{product_id}:{variant_id or 0}"


def show(product_id: int) -> str:
    """The payload of a button that speaks of one product."""
    return f"show:{product_id}"


def agree(pending_id: str, yes: bool) -> str:
    """The payload of the button that says yes or no to a proposal."""
    return f"{'yes' if yes else 'no'}:{pending_id}"


def act(name: str) -> str:
    """The payload of a button that asks for an act."""
    return f"act:{name}"


def order(number: str) -> str:
    """The payload of a button that speaks of one order."""
    return f"order:{number}"


def parts(payload: str) -> tuple[str, tuple[int, ...]] | None:
    """The kind and the numbers of a payload of `add` or `show`; None for any other."""
    kind, *rest = payload.split(":")
    if kind not in ("add", "show") or len(rest) != (2 if kind == "add" else 1):
        return None
    if not all(one.isascii() and one.isdigit() and len(one) <= 18 for one in rest):
        return None
    return kind, tuple(map(int, rest))
