"""English typed in haste: letters for words ("u got", "r they") and words with one slip in them.

A word with a slip is none that shoppers say and none of the shop's; it becomes the one word of
either kind that is a single slip away. Names keep their spelling: they begin with a capital.
"""

import re
import string
from collections.abc import Callable
from typing import Final

from kaiwa.bot.nlu.everyday import is_everyday, times_said

IsGoods = Callable[[str], bool]

_LETTERS: Final = (
    (re.compile(r"(?<!\bthe )(?<!\ba )(?<!\ban )\bu\b(?![.-])"), "you"),
    (re.compile(r"^\W*r (?=(?:the|u|you|they|these|those|there|any|your)\b)"), "are "),
    (re.compile(r"\b(they|you|we|these|those|there|what|where|how|when) r\b"), r"\1 are"),
    (re.compile(r"(^|[a-z?!.,] )n (?=(?:the|a|an|can|do|does|is|are|how|what|it|my|i|also)\b)"),
     r"\1and "),
    (re.compile(r"(?<=[a-z] )w(?:/ ?| )(?=[a-z]{2,})"), "with "),
    (re.compile(r"\bsry\b"), "sorry"),
    (re.compile(r"\bad (?=(?:one|two|an?|the|it|this|that|another|\d)\b)"), "add "),
    (re.compile(r"\b(tracking|order|phone|customer) nr\b"), r"\1 number"),
)  # fmt: skip
_WORD: Final = re.compile(r"(?<![\w@./'#&-])[a-z]{3,}(?![\w@/'-]|\.\w)")
_SHORT: Final = 5  # letters; in fewer two are swapped at most
_COMMON: Final = 8  # so often a short word is said that its letters may stand swapped
_LONGEST: Final = 16
_MOST: Final = 6  # unknown words of a text that are looked at


def as_meant(text: str, is_goods: IsGoods) -> str:
    """The text with such letters and slips put right; itself where there is none."""
    for pattern, meant in _LETTERS:
        text = pattern.sub(meant, text)
    odd = [one for one in dict.fromkeys(_WORD.findall(text)) if not _is_known(one, is_goods)]
    right = {one: near for one in odd[:_MOST] if (near := _nearest(one, is_goods))}
    return _WORD.sub(lambda found: right.get(found[0], found[0]), text) if right else text


def _is_known(word: str, is_goods: IsGoods) -> bool:
    stems = (word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("ed"))
    return any(is_everyday(one) or is_goods(one) for one in stems) or len(word) > _LONGEST


def _nearest(word: str, is_goods: IsGoods) -> str | None:
    """The word meant: the shop's own before what anybody says, and the more usual of those."""
    swapped, others = _swapped(word), _one_off(word)
    ways = swapped | others if len(word) >= _SHORT else swapped
    goods = {one for one in ways if is_goods(one) or is_goods(one.removesuffix("s"))}
    if len(word) < _SHORT:
        goods = {one for one in goods if len(one) > 3}
    if len(goods) == 1:
        return goods.pop()
    least = _COMMON if len(word) < _SHORT else 1
    said = {one: times_said(one) for one in ways if times_said(one) >= least}
    return None if goods or not said else max(said, key=lambda one: (said[one], one))


def _swapped(word: str) -> set[str]:
    """Two neighbours in the place of each other."""
    pairs = range(len(word) - 1)
    return {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in pairs} - {word}


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
