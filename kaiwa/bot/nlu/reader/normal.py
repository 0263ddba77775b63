"""Text folded for reading, each character knowing where it came from."""

import re
import unicodedata
from typing import Final

import msgspec

from kaiwa.bot.nlu.command import Span
from kaiwa.languages.auxiliaries_ja import in_kana

LONGEST: Final = 1_000

_UNSEEN: Final = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad")
_QUOTES = {ord(mark): "'" for mark in "’‘`´ʼ"}
_DASHES = re.compile(r"(?<=[ァ-ヺーぁ-ゖ])[-‐‑‒–—―−~〜～ｰ]+")


class Normal(msgspec.Struct, frozen=True):
    """Folded `text` and, for each of its characters, the place in the original.

    `cased` is as long as `text`, with the letters as they were written: for codes and numbers.
    """

    text: str
    cased: str
    places: tuple[int, ...]
    length: int

    def span(self, begin: int, end: int) -> Span:
        """The original's span of `text[begin:end]`."""
        if begin >= len(self.places):
            return Span(self.length, self.length)
        last = self.places[min(end, len(self.places)) - 1] if end > begin else self.places[begin]
        after = [one for one in self.places[end : end + 3] if one > last]
        return Span(self.places[begin], min(after[0] if after else last + 1, self.length))


def normalised(text: str) -> Normal:
    """NFKC, lower case, one kind of quote and long mark, single spaces; never fails.

    Marks that combine (half-width ﾀﾞ, e + ́) are folded with the letter they sit on.
    """
    letters: list[str] = []
    written: list[str] = []
    places: list[int] = []
    kana = in_kana(text[:LONGEST])
    for at, cluster in _clusters(text[:LONGEST]):
        wide = kana.get(at) or unicodedata.normalize("NFKC", cluster)
        folded = wide.casefold().translate(_QUOTES)
        for letter, own in zip(folded, wide if len(wide) == len(folded) else folded, strict=True):
            if letter.isspace():
                if not letters or letters[-1] == " ":
                    continue
                letter = " "
            letters.append(letter)
            written.append(own)
            places.append(at)
    while letters and letters[-1] == " ":
        letters.pop()
        written.pop()
        places.pop()
    # One mark for one mark, so that the places still fit.
    text_folded = _DASHES.sub(lambda found: "ー" * len(found[0]), "".join(letters))
    return Normal(text_folded, "".join(written), tuple(places), len(text))


def _clusters(text: str) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for at, letter in enumerate(text):
        if letter in _UNSEEN or 0xFE00 <= ord(letter) <= 0xFE0F:
            continue
        if found and (unicodedata.combining(letter) or letter in "\uff9e\uff9f"):
            found[-1] = (found[-1][0], found[-1][1] + letter)
        else:
            found.append((at, letter))
    return found
