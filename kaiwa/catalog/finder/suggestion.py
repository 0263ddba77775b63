"""What a shopper may be about to type: words of the shop that begin as what is typed does."""

from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from kaiwa.catalog.finder.vocabulary import Vocabulary
from kaiwa.catalog.understanding import Facets
from kaiwa.languages import words_ja
from kaiwa.languages.folding import fold, romaji_to_kana

_BEYOND: Final = "\U0010ffff"


class Suggester:
    """Completes the last word typed, by its letters or its sound; すに finds スニーカー."""

    def __init__(self, vocabulary: Vocabulary, facets: Facets) -> None:
        self._vocabulary = vocabulary
        # Categories first, then brands, then words of titles.
        self._names = [_Names(facets.categories), _Names(facets.brands)]

    def suggestions(self, typed: str, limit: int = 8) -> list[str]:
        """At most so many, each with the words before the last one as they were typed."""
        words = typed.split()
        if not words or typed[-1].isspace():
            return []
        starts = _starts(words[-1])
        found: dict[str, None] = {}
        for names in self._names:
            found |= dict.fromkeys(name for one in starts for name in names.beginning(one, limit))
        for one in starts:
            if len(found) < limit:
                found |= dict.fromkeys(self._vocabulary.beginning(one, limit))
        before = "".join(f"{word} " for word in words[:-1])
        return [f"{before}{word}" for word in list(found)[:limit]]


class _Names:
    def __init__(self, names: Iterable[str]) -> None:
        self._sorted = sorted({(start, name) for name in names for start in _sounds(name)})

    def beginning(self, start: str, limit: int) -> list[str]:
        at = bisect_left(self._sorted, (start, ""))
        end = bisect_left(self._sorted, (start + _BEYOND, ""), at)
        found = dict.fromkeys(name for _, name in self._sorted[at : min(end, at + 4 * limit)])
        return sorted(found, key=lambda name: (len(name), name))[:limit]


def _starts(word: str) -> list[str]:
    ways = [fold(word), fold(words_ja.reading_of(word) or word)]
    if kana := romaji_to_kana(word):
        ways.append(fold(kana))
    return list(dict.fromkeys(way for way in ways if way))


@lru_cache(maxsize=50_000)
def _sounds(name: str) -> frozenset[str]:
    return frozenset({fold(name), fold(words_ja.reading_of(name) or name)})
