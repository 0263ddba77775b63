"""What every carrier promises. Pure: what a carrier says arrives by hand, by file or by webhook."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final, Literal, Protocol, TypeAlias

from kaiwa.vocabulary.errors import Invalid

ShipmentState: TypeAlias = Literal[
    "shipped", "in_transit", "out_for_delivery", "absent", "delivered", "held", "sent_back", "lost"
]

STATES: Final[tuple[ShipmentState, ...]] = (
    "shipped",
    "in_transit",
    "out_for_delivery",
    "absent",
    "delivered",
    "held",
    "sent_back",
    "lost",
)

_NOTHING = re.compile(r"[\s\-‐‑–—―−ー.]")


class Carrier(Protocol):
    """A translator of one carrier."""

    kind: str
    name: str
    slots: tuple[str, ...]
    words: Mapping[str, ShipmentState]

    def number(self, written: str) -> str:
        """A tracking number as it is kept; `Invalid` says what is wrong with it."""

    def link(self, number: str) -> str | None:
        """The carrier's own page about the parcel; None when there is none."""


def bare(written: str) -> str:
    """A number without width, spaces, hyphens and case."""
    return _NOTHING.sub("", unicodedata.normalize("NFKC", written)).upper()


def mod_seven(number: str) -> bool:
    """Whether the last digit is the others' remainder by 7, as Japanese parcels are numbered."""
    return int(number[:-1]) % 7 == int(number[-1])


def checked(written: str, lengths: tuple[int, ...], name: str) -> str:
    """A number of so many digits whose check digit holds; `Invalid`."""
    number = bare(written)
    if not number.isascii() or not number.isdigit() or len(number) not in lengths:
        wanted = " or ".join(map(str, lengths))
        raise Invalid(f"A {name} tracking number has {wanted} digits: {written!r}.")
    if not mod_seven(number):
        raise Invalid(f"The check digit of this {name} tracking number is wrong: {written!r}.")
    return number
