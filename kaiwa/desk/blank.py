"""Blanks in a saved reply, `{{order.number}}`: which there are, and that none leaves unfilled."""

import re
from typing import Final

from kaiwa.vocabulary.errors import Invalid

BLANKS: Final = (
    "customer.name",
    "shop.name",
    "agent.name",
    "order.number",
    "order.date",
    "order.total",
    "order.state",
    "order.delivery",
    "parcel.carrier",
    "parcel.number",
    "parcel.link",
)
_BLANK: Final = re.compile(r"\{\{\s*([A-Za-z_]+(?:\.[A-Za-z_]+)+)\s*\}\}")


def blanks_in(text: str) -> list[str]:
    """The names of the blanks in a text, each once, in order."""
    return list(dict.fromkeys(_BLANK.findall(text)))


def filled(text: str, facts: dict[str, str]) -> tuple[str, list[str]]:
    """The text with what is known, and the names of what is not: those blanks stay as they are."""
    known = _BLANK.sub(lambda found: facts.get(found[1]) or found[0], text)
    return known, blanks_in(known)


def require_filled(text: str) -> None:
    """`Invalid` when a blank is left: nobody is written "Dear {{customer.name}}"."""
    if left := blanks_in(text):
        raise Invalid(
            f"Fill in what is missing first: {', '.join(left)}.", reason="unfilled", blanks=left
        )


def require_known(text: str) -> None:
    """`Invalid` when there is a blank that nothing will ever fill."""
    if strange := [name for name in blanks_in(text) if name not in BLANKS]:
        raise Invalid(
            f"Nothing fills {', '.join(strange)}. There are: {', '.join(BLANKS)}.",
            reason="unknown_blank",
            blanks=strange,
        )
