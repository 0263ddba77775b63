"""Which of the numbers of a text count pieces of which article: ジャム3本を2つ are two."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from kaiwa.bot.naming.counts_told import counts_told, is_in_name, is_its_size
from kaiwa.bot.naming.pair_of import sold_in_pairs
from kaiwa.bot.naming.stretches import Span
from kaiwa.bot.nlu.slot import Quantity
from kaiwa.bot.options.turned_down import LAST_MEANT

_RATHER: Final = re.compile(
    r"から|ので|じゃな|ではな|なくて|\bnot\b|\binstead\b|\bno\b|\bactually\b"
)
_OF_PACK: Final = re.compile(
    r"[\s-]*(?:入(?![れる])|組|セット|packs?\b|sets?\b|pieces?\b|count\b|ct\b)"
)
# Stands between what is told as a whole and its parts.
_IN_PARTS: Final = re.compile(r"[:：–—]| - |内訳|のうち|\b(?:namely|of which|that's|thats|so)\b")
_SUM_AND_TWO: Final = 3
_PAIR: Final = re.compile(r"(?:an? |one |1 )?pair\b")
# Up to four words that no comma or "and" parts from the number.
_SAYS_ONE: Final = re.compile(
    r" (?!of\b|more\b|for\b|to\b|packs?\b|sets?\b)[a-z][a-z'/-]*(?: [a-z0-9][a-z0-9'/-]*){0,3} ?"
)

# A value that reads like a number of pieces is one where a further number counts.
_COUNTED: Final = re.compile(r"\d{1,2}(?:[個本枚つ箱袋缶足点台冊着脚組膳]|)")
# A word between two numbers, and no pack (4個入り3つ) or particle.
_NAMES_ONE: Final = re.compile(
    r"[ \u3000]?(?![入組日月年時番号個本袋枚])[一-鿿ァ-ヺ][一-鿿ァ-ヺーぁ-ゖ]{0,9}"
)


class Counts:
    """The numbers of one `plain` text; those that turn out to be of a name count nothing."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.told = _without_sum(text, counts_told(text))
        self.of_names: list[Span] = []

    @property
    def spans(self) -> list[Span]:
        """Where the numbers stand that may count."""
        return [(begin, end) for begin, end, _ in self.told]

    @property
    def fewer(self) -> bool:
        """Whether so many fewer are wanted: one less, ひとつ減らして."""
        return any(one.relative and one.count < 0 for _, _, one in self.told)

    @property
    def explained(self) -> list[Span]:
        """Where any number stands, with the word behind it that tells of a pack: 10袋入."""
        every = [*self.spans, *self.of_names]
        behind = ((begin, _OF_PACK.match(self._text, end)) for begin, end in every)
        return [*every, *((begin, found.end()) for begin, found in behind if found)]

    def leave_names(self, titles: Sequence[str]) -> None:
        """Numbers between the neighbours that they have in a `plain` title count nothing."""
        for told in list(self.told):
            if any(is_in_name(self._text, told[:2], title) for title in titles):
                self.told.remove(told)
                self.of_names.append(told[:2])

    def leave_options(self, values: Iterable[str]) -> None:
        """Nor do those that are `plain` option values: 5寸 of 5寸を1本, and 5本 of 5本入りを1つ."""
        known = list(values) if self.told else []
        for told in list(self.told):
            begin, end, _ = told
            fits = [one for one in known if self._text.startswith(one, begin)]
            counted = all(_COUNTED.fullmatch(one) for one in fits)
            if fits and (not counted or any(one[0] >= end for one in self.told)):
                self.told.remove(told)
                self.of_names.append((begin, end))

    def each_begins(self) -> list[int]:
        """Where a further English number begins, with what it counts: one coral | one blue."""
        found = []
        for (_, end), (begin, last) in pairwise(sorted(self.spans)):
            between, behind = self._text[end:begin], self._text[last:]
            if _SAYS_ONE.fullmatch(between) and _SAYS_ONE.match(behind):
                found.append(begin)
        return found

    def each_ends(self) -> list[int]:
        """Where what a Japanese number counts ends, one more behind it: 黒ひとつ|黄ふたつ."""
        found = []
        for (_, end), (begin, _) in pairwise(sorted(self.spans)):
            if _NAMES_ONE.fullmatch(self._text[end:begin]):
                found.append(end)
        return found

    def within(self, stretch: Span, taken: Sequence[Span], title: str) -> Quantity | None:
        """The number of pieces in a stretch that speaks of the article with this `plain` title.

        No number of what is `taken`, and of two not the one that the title tells. In every
        language that the shop writes in, the title says whether a pair of it are two.
        """
        begin, end = stretch
        found = [
            one
            for one in self.told
            if begin <= one[0] and one[1] <= end
            and not any(a < one[1] and one[0] < b for a, b in taken)
        ]  # fmt: skip
        if len(found) > 1:
            own = [one for one in found if is_its_size(self._text, one[:2], title)]
            found = [one for one in found if one not in own] or found
        if not found:
            return None
        said = self._text[begin:end]
        last = LAST_MEANT in said or _RATHER.search(said) is not None
        return self._of_a_pair(found[-1] if last else found[0], title)

    def _of_a_pair(self, told: tuple[int, int, Quantity], title: str) -> Quantity:
        """A pair of the spindle chair are two of it."""
        count = told[2]
        alone = count.count == 1 and _PAIR.match(self._text, told[0]) is not None
        return Quantity(2, count.relative) if alone and not sold_in_pairs(title) else count


def _without_sum(
    text: str, told: list[tuple[int, int, Quantity]]
) -> list[tuple[int, int, Quantity]]:
    """Four pairs: two yellow, two blue; what is told in parts is not told twice."""
    every = sorted({one[:2]: one for one in told}.values(), key=lambda one: one[0])
    plain = [one[2].count for one in every if not one[2].relative]
    if len(plain) < len(every) or len(plain) < _SUM_AND_TWO or plain[0] != sum(plain[1:]):
        return told
    return every[1:] if _IN_PARTS.search(text[every[0][1] : every[1][0]]) else told
