"""Aspects: what is asked about products everywhere, and under which names a shop tells it.

`aspects.json` has for each the words that ask for it, the names of attributes that tell it, and
cues by which a sentence speaks of it, and what values tell it; patterns over folded text of both
languages.
"""

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

_MOST: Final = 6


class Aspect(msgspec.Struct, frozen=True):
    """One aspect: patterns that ask for it, name it, speak of it, and are what it may be."""

    name: str
    asks: re.Pattern[str]
    names: re.Pattern[str]
    cues: re.Pattern[str]
    tells: re.Pattern[str] | None = None

    def tells_it(self, value: str) -> bool:
        """Whether a folded value is of the kind that is asked for: cedar, of what it is made."""
        return self.tells is not None and self.tells.search(value) is not None


class _Written(msgspec.Struct):
    asks: str
    names: str
    cues: str = ""
    tells: str = ""


class Asked(msgspec.Struct, frozen=True):
    """The aspects a question asks for, and where in its text the words stand that ask."""

    aspects: tuple[Aspect, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()


@cache
def aspects() -> tuple[Aspect, ...]:
    """Every aspect that is known."""
    text = Path(__file__).with_name("aspects.json").read_text("utf-8")
    written = msgspec.convert(json.loads(text), dict[str, _Written])
    return tuple(
        Aspect(
            name,
            re.compile(one.asks),
            re.compile(one.names),
            re.compile(one.cues or one.asks),
            re.compile(one.tells) if one.tells else None,
        )
        for name, one in written.items()
    )


def asked(text: str, names: Sequence[str]) -> Asked:
    """What a folded question asks for; words of the product's own name only if nothing else does.

    "How heavy is the waterproof backpack" asks for its weight, "is it waterproof" for that.
    """
    named = [span for name in names for span in _places(name, text)]
    found, within = [], []
    for one in aspects():
        spans = [hit.span() for hit in one.asks.finditer(text)]
        free = [span for span in spans if not any(a <= span[0] and span[1] <= b for a, b in named)]
        if free:
            found.append((one, free))
        elif spans:
            within.append((one, spans))
    told = (found or within)[:_MOST]
    return Asked(tuple(one for one, _ in told), tuple(span for _, some in told for span in some))


def _places(name: str, text: str) -> Iterator[tuple[int, int]]:
    # Letter by letter: every product's name as a pattern would be compiled for each question.
    begin = text.find(name) if name else -1
    while begin >= 0:
        end = begin + len(name)
        yield begin, end
        begin = text.find(name, end)
