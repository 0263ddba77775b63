"""A text cut where what is said of one article may end: never within a name."""

import re
from collections.abc import Sequence
from typing import Final

from kaiwa.bot.naming.counts_meant import Counts
from kaiwa.bot.naming.counts_told import GOES_ON
from kaiwa.bot.naming.stretches import Span

MOST_STRETCHES: Final = 6
_AND: Final = re.compile(
    r"と(?=[^いかこてもっとへ])、?|、|,|;|。|＋|\+|&|\n|\band\b|\bplus\b|\bwith\b|も(?=[^うらっのし])"
)
# Folding knife x1 pocket sharpener x2: a list without marks.
_TIMES: Final = re.compile(
    r"(?<= [x×]\d)\s+(?=[a-z])(?!(?:in|of|for|to|please|pls|then|and|with|the|as|at)\b)"
)
_COUNTED_FIRST: Final = re.compile(
    r"(?:にして|にします|ください|下さい|ちょうだい|追加|お願い(?:します)?|買う|もらう)\W*$"
    r"|^\W*(?:make (?:it|that) )?\w+\W*$"
)


def parts_of(text: str) -> list[str]:
    """The text cut wherever a word or a mark may part two things."""
    return [part for part in _AND.split(text)[:MOST_STRETCHES] if part.strip()]


def stretches_of(text: str, names: Sequence[Span], counts: Counts) -> list[Span]:
    """The stretches of a `plain` text, given where it says names and numbers."""
    taken = [*names, *counts.spans]
    cuts: list[Span] = [
        found.span()
        for found in _AND.finditer(text)
        if not any(begin < found.end() and found.start() < end for begin, end in taken)
    ]
    cuts += [
        (end, end)
        for _, end in counts.spans
        if GOES_ON.match(text, end) and not any(a < end < b for a, b in names)
    ]
    cuts += [(at, at) for at in (*counts.each_begins(), *counts.each_ends())]
    cuts += [one.span() for one in _TIMES.finditer(text)]
    cuts.sort()
    edges = [0, *(edge for cut in cuts for edge in cut), len(text)]
    pairs = zip(edges[::2], edges[1::2], strict=True)
    found = [(begin, end) for begin, end in pairs if text[begin:end].strip()]
    return _with_name_behind(found, text, names, counts)[:MOST_STRETCHES]


def _with_name_behind(
    found: list[Span], text: str, names: Sequence[Span], counts: Counts
) -> list[Span]:
    """三本にして、シャーペン: what is counted is named last."""
    if len(found) != 2 or not _COUNTED_FIRST.search(text[slice(*found[0])]):
        return found
    named = [any(at[0] <= a and b <= at[1] for a, b in names) for at in found]
    counted = [any(a <= begin and end <= b for begin, end in counts.spans) for a, b in found]
    if named != [False, True] or counted != [True, False]:
        return found
    return [(found[0][0], found[1][1])]
