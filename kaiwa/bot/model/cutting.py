"""A sentence cut into pieces that are known, and what is left between them.

The cut with the fewest pieces and the least left over is taken; no piece of one letter follows
another, so no word can be spelled out of particles.
"""

from collections.abc import Iterator, Mapping
from typing import Final

import msgspec

from kaiwa.bot.model.sayable import Piece
from kaiwa.bot.model.spelling import FIRST_PLACE
from kaiwa.vocabulary.language import Language

_MARKS: Final = frozenset("、，,;；（）()・…—")
# A dash that stands alone: one at a number would be a part of it.
_DASHES: Final = (" - ", " – ")
_FACES: Final = frozenset("😊🙂🙇✨🎉🌸♪")
_UNKNOWN_RUN: Final = 6.0
_UNKNOWN: Final = 4.0
# A fact is read as one where it could also be read as nothing.
_FACT_COST: Final = 0.9
_COST: Final = 1.0
_START, _ONE, _MORE, _STRANGE = range(4)


class Cut(msgspec.Struct, frozen=True):
    """A stretch of a sentence; without a piece nobody knows it."""

    text: str
    piece: Piece | None


class _Step(msgspec.Struct, frozen=True):
    cost: float
    begin: int
    before: int
    piece: Piece | None


def cut(text: str, known: Mapping[str, Piece], language: Language) -> list[Cut]:
    """The pieces of one sentence, in order, blanks left out."""
    longest = max(map(len, known), default=1)
    best: list[dict[int, _Step]] = [{} for _ in range(len(text) + 1)]
    best[0][_START] = _Step(0.0, 0, _START, None)
    for begin in range(len(text)):
        ways = list(best[begin].items())
        if not ways:
            continue
        for end, piece, kind, cost in _steps(text, begin, (known, longest), language):
            for before, step in ways:
                # One letter holds on to a word before it, never to another single letter.
                if kind == _ONE and before in (_START, _ONE):
                    continue
                after = before if kind == _MORE and text[begin] == " " else kind
                opened = _UNKNOWN_RUN if kind == _STRANGE and before != _STRANGE else 0.0
                total = step.cost + cost + opened
                if after not in best[end] or total < best[end][after].cost:
                    best[end][after] = _Step(total, begin, before, piece)
    return _walked(text, best)


def _steps(
    text: str, begin: int, words: tuple[Mapping[str, Piece], int], language: Language
) -> Iterator[tuple[int, Piece | None, int, float]]:
    """What may come next: its end, what it is, how it counts for the next, its cost."""
    known, longest = words
    letter = text[begin]
    if letter == " " and (language == "en" or _is_loose(text, begin)):
        yield begin + 1, Piece("light", ""), _MORE, 0.0
    elif letter in ":：":
        yield begin + 1, Piece("light", ""), _START, 0.0
    elif letter in _MARKS or letter in _FACES or text[begin - 1 : begin + 2] in _DASHES:
        yield begin + 1, Piece("break", ""), _START, 0.0
    elif FIRST_PLACE <= ord(letter) <= 0xF8FF:
        yield begin + 1, Piece("fact", letter), _MORE, 0.0
    elif language == "ja" or _at_edge(text, begin):
        for end in range(begin + 1, min(len(text), begin + longest) + 1):
            piece = known.get(text[begin:end])
            if piece is None or not (_at_edge(text, end) or language == "ja"):
                continue
            if language == "ja" and not (_at_edge(text, begin) and _at_edge(text, end)):
                continue
            one = end - begin == 1 and language == "ja" and piece.role != "fact"
            yield end, piece, _ONE if one else _MORE, _FACT_COST if piece.role == "fact" else _COST
    yield begin + 1, None, _STRANGE, _UNKNOWN


def _walked(text: str, best: list[dict[int, _Step]]) -> list[Cut]:
    cuts: list[Cut] = []
    end, kind = len(text), min(best[-1], key=lambda one: best[-1][one].cost, default=_START)
    while end > 0:
        step = best[end][kind]
        part = text[step.begin : end]
        if step.piece is None and cuts and cuts[-1].piece is None:
            cuts[-1] = Cut(part + cuts[-1].text, None)
        else:
            cuts.append(Cut(part, step.piece))
        end, kind = step.begin, step.before
    return [one for one in cuts[::-1] if one.text != " "]


def _at_edge(text: str, at: int) -> bool:
    """Whether no Latin word goes on here."""
    if at in (0, len(text)):
        return True
    return not (_is_latin(text[at - 1]) and _is_latin(text[at]))


def _is_latin(letter: str) -> bool:
    return letter.isascii() and (letter.isalnum() or letter == "'")


def _is_loose(text: str, at: int) -> bool:
    """Whether a blank stands beside a place or a mark: between Japanese letters there is none."""
    around = (text[at - 1 : at], text[at + 1 : at + 2])
    return any(not one or not one.isalpha() for one in around)
