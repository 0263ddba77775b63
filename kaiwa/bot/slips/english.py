"""English typed in haste: words with one slip in them ("lokking", "curtian").

A word with a slip is none that shoppers say and none of the shop's; it becomes the one word of
either kind that is a single slip away. Names keep their spelling: they begin with a capital.
"""

import re
import string
from collections.abc import Callable, Sequence, Set
from typing import Final

from kaiwa.bot.nlu.vocabulary import english_words, times_said
from kaiwa.catalog.understanding.colours import colour_of

GoodsAmong = Callable[[Sequence[str]], list[str]]

_WORD: Final = re.compile(r"(?<![\w@./'#&-])[a-z]{3,}(?![\w@/'-]|\.\w)")
_SHORT: Final = 5  # letters; in four one of the middle is lacking at most, in three two are swapped
_COMMON: Final = 8  # so often a short word is said that its letters may stand swapped
_ENDINGS: Final = ("", "s", "es", "ed", "d", "ing", "er", "ly", "y")
_LONGEST: Final = 16
# Said everywhere, though in none of the examples.
_ORDINARY: Final = frozenset(
    "seem became begun known knew fell grown drew unless wherever odd rare rough smooth mood pain"
    " result reason mention occur prove relax remain surface shine shook stare sudden strange"
    " throat tail tongue wave weak west wild south parent path mouth caught scared harm"
    " situation".split()
)
_MOST: Final = 6  # unknown words of a text that are looked at


def as_meant(text: str, goods_among: GoodsAmong, page: Set[str] = frozenset()) -> str:
    """The text with such slips put right; itself where there is none.

    `goods_among` tells which of many words are of goods sold here; `page` are the words of the
    page that is talked about and of the shop's answers.
    """
    said = [one for one in dict.fromkeys(_WORD.findall(text)) if len(one) <= _LONGEST]
    odd = [one for one in said if not _is_known(one, goods_among, page)]
    right = {one: near for one in odd[:_MOST] if (near := _nearest(one, goods_among, page))}
    return _WORD.sub(lambda found: right.get(found[0], found[0]), text) if right else text


def _is_known(word: str, goods_among: GoodsAmong, page: Set[str]) -> bool:
    stems = {word.removesuffix(end) for end in _ENDINGS}
    own = english_words() | page | _ORDINARY
    return any(one in own for one in stems) or bool(goods_among([*stems]))


def _nearest(word: str, goods_among: GoodsAmong, page: Set[str]) -> str | None:
    """The word meant: the shop's own before what anybody says, and the more usual of those."""
    ways = _swapped(word)
    if len(word) >= _SHORT:
        ways |= _one_off(word)
    elif len(word) == _SHORT - 1:
        ways |= _lacking(word)
    goods = {one for one in goods_among(sorted(ways)) if len(one) >= _SHORT - 1}
    goods |= ways & page
    if len({one.removesuffix("s") for one in goods}) == 1:
        return min(goods)
    often = _COMMON if len(word) < _SHORT else 1
    usual = {one: times for one in ways if (times := _times(one)) >= often}
    # A colour before another word that is as near: "wite".
    coloured = [one for one in goods or usual if colour_of(one)]
    if len(coloured) == 1:
        return coloured[0]
    if goods:
        # Of several words of the shop's the one that is much more usual than the others.
        usual = {one: usual.get(one, 0) for one in goods}
        first, second, *_ = sorted(usual.values(), reverse=True)
        return max(usual, key=lambda one: usual[one]) if first >= _COMMON > second else None
    return max(usual, key=lambda one: (usual[one], one)) if usual else None


def _times(word: str) -> int:
    """How often shoppers say it; colours are said often."""
    times = times_said(word)
    return max(times, _COMMON) if word.isalpha() and colour_of(word) else times


def _swapped(word: str) -> set[str]:
    """Two neighbours in the place of each other."""
    pairs = range(len(word) - 1)
    return {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in pairs} - {word}


def _lacking(word: str) -> set[str]:
    """One letter of the middle left out: "whte", "rght"."""
    inner = range(1, len(word))
    return {word[:at] + letter + word[at:] for at in inner for letter in string.ascii_lowercase}


def _one_off(word: str) -> set[str]:
    """One letter left out, or one typed twice or in the place of its neighbour: "lokking"."""
    ends = range(1, len(word) + 1)
    found = {word[:at] + letter + word[at:] for at in ends for letter in string.ascii_lowercase}
    for at in range(1, len(word)):
        if word[at] == word[at - 1]:
            found.add(word[:at] + word[at + 1 :])
            found |= _others(word, at)
        elif word[at] == word[at + 1 : at + 2]:
            found |= _others(word, at)
    return found - {word}


def _others(word: str, at: int) -> set[str]:
    return {word[:at] + letter + word[at + 1 :] for letter in string.ascii_lowercase}
