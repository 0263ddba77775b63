"""The sounds a shop's titles are made of: what a misspelt word was probably meant to be."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from typing import Final

from kaiwa.languages import words_ja
from kaiwa.languages.folding import bigrams, fold, likeness

ALIKE: Final = 0.74
SHORTEST: Final = 3
_CANDIDATES: Final = 40


class Vocabulary:
    """Words of titles and categories by their folded sound."""

    def __init__(self) -> None:
        self._words: dict[str, str] = {}
        self._seen: set[str] = set()
        self._by_pair: dict[str, list[str]] = {}
        self._sorted: list[str] = []
        self.has_japanese = False

    def add(self, text: str) -> None:
        """Learn the words of a title."""
        chunks = [chunk for chunk in text.split() if chunk not in self._seen]
        self._seen.update(chunks)
        self.has_japanese = self.has_japanese or not text.isascii()
        for word in _words(chunks):
            sound = fold(words_ja.reading_of(word) or word)
            if len(sound) >= SHORTEST and sound not in self._words:
                self._words[sound] = word
                for pair in set(bigrams(sound)):
                    self._by_pair.setdefault(pair, []).append(sound)

    def nearest(self, sound: str) -> tuple[str, float] | None:
        """The word that sounds most like `sound`, and how much; None when none is near."""
        if len(sound) < SHORTEST:
            return None
        if sound in self._words:
            return self._words[sound], 1.0
        votes = Counter(s for pair in bigrams(sound) for s in self._by_pair.get(pair, ()))
        best = max(
            ((likeness(sound, known), known) for known, _ in votes.most_common(_CANDIDATES)),
            default=(0.0, ""),
        )
        return (self._words[best[1]], best[0]) if best[0] >= ALIKE else None

    def beginning(self, sound: str, limit: int) -> list[str]:
        """Known words whose sound begins so, the shortest first."""
        if len(self._sorted) != len(self._words):
            self._sorted = sorted(self._words)
        start = bisect_left(self._sorted, sound)
        end = bisect_left(self._sorted, f"{sound}\U0010ffff")
        nearest = sorted(self._sorted[start:end], key=lambda known: (len(known), known))
        return [self._words[known] for known in nearest[:limit]]


def _words(chunks: Iterable[str]) -> Iterable[str]:
    for chunk in chunks:
        yield chunk
        for word in words_ja.words(chunk) or ():
            if not word.is_grammar and len(word.surface) > 1:
                yield word.surface
