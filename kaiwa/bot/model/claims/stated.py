"""A claim and where it stands; the text folded so that no way of writing hides one."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final, Literal, TypeAlias

import msgspec

Kind: TypeAlias = Literal[
    "link", "email", "phone", "code", "date", "time", "money", "percent", "number",
    "name",
]  # fmt: skip

_QUOTES: Final = str.maketrans(
    {"’": "'", "‘": "'", "′": "'", "“": '"', "”": '"', **dict.fromkeys("‐‑‒–—―−﹣", "-")}
)
_DAIJI: Final = str.maketrans("壱壹弐貳参參拾萬零", "一一二二三三十万〇")
_UNSEEN: Final = re.compile(r"[\ufe00-\ufe0f\u20e3\u00ad]", re.ASCII)


class Claim(msgspec.Struct, frozen=True):
    """Something that is true or not: equal values of a kind are the same claim."""

    kind: Kind
    value: str


class Stated(msgspec.Struct, frozen=True):
    """A claim at `[begin, end)` of the folded text."""

    claim: Claim
    begin: int
    end: int


class Folded(msgspec.Struct, frozen=True):
    """One spelling for all of a letter's widths, cases and disguises; `places` lead back."""

    text: str
    places: tuple[int, ...]
    length: int

    def original(self, begin: int, end: int) -> tuple[int, int]:
        """Where `text[begin:end]` stands in what was folded."""
        if begin >= end:
            return self.length, self.length
        after = self.places[end] if end < len(self.places) else self.length
        return self.places[begin], after


def folded(text: str) -> Folded:
    """NFKC, lower case, digits of every script as 0-9, no letter that is not seen."""
    letters: list[str] = []
    places: list[int] = []
    for at, cluster in _clusters(text):
        wide = unicodedata.normalize("NFKC", cluster).casefold()
        for letter in wide.translate(_QUOTES).translate(_DAIJI):
            for one in _digits(letter):
                letters.append(" " if one.isspace() and one != "\n" else one)
                places.append(at)
    return Folded("".join(letters), tuple(places), len(text))


def settled(found: Iterable[Stated]) -> tuple[Stated, ...]:
    """In the order of the text; where two overlap, the one that came first in `found` stays."""
    kept: list[Stated] = []
    for one in found:
        if all(one.end <= other.begin or one.begin >= other.end for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda one: one.begin))


def _clusters(text: str) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for at, letter in enumerate(text):
        if _UNSEEN.match(letter) or unicodedata.category(letter) in ("Cf", "Cc") and letter != "\n":
            if letter == "\t":
                found.append((at, " "))
            continue
        if found and (unicodedata.combining(letter) or letter in "\uff9e\uff9f"):
            found[-1] = (found[-1][0], found[-1][1] + letter)
        else:
            found.append((at, letter))
    return found


def _digits(letter: str) -> str:
    """A digit of any script, a Roman or a circled numeral: as the number that it is."""
    if letter.isascii():
        return letter
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    if unicodedata.category(letter) in ("No", "Nl") and letter != "〇":
        number = unicodedata.numeric(letter)
        return f" {number:g} "
    return letter
