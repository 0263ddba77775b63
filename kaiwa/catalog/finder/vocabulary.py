"""The sounds a shop's titles are made of: what a misspelt word was probably meant to be.

However large the shop, at most `MOST` words are known, the most frequent ones.
"""

from array import array
from bisect import bisect_left, insort
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice
from typing import Final

import numpy as np
import numpy.typing as npt

from kaiwa.languages import words_ja
from kaiwa.languages.folding import bigrams, fold, likeness

ALIKE: Final = 0.74
SHORTEST: Final = 3
MOST: Final = 50_000
_CANDIDATES: Final = 12
_GUESSES: Final = 2_048  # guesses that are remembered until a new word is learnt
_JAPANESE: Final = "\u3040"  # from here on, letters are not Latin any more


class Vocabulary:
    """Words of titles and categories by their folded sound."""

    def __init__(self) -> None:
        self.has_japanese = False
        self._words: dict[str, str] = {}
        self._times: dict[str, int] = {}
        self._sounds: list[str] = []
        self._by_pair: dict[str, array[int]] = {}
        self._sorted: list[str] = []
        self._guessed: dict[str, tuple[str, float] | None] = {}

    def add(self, text: str) -> None:
        """Learn the words of a title."""
        self.has_japanese = self.has_japanese or any(letter >= _JAPANESE for letter in text)
        for chunk in text.split():
            for sound, word in _sounding(chunk):
                self._times[sound] = self._times.get(sound, 0) + 1
                if sound not in self._words:
                    self._learn(sound, word)
        if len(self._words) > MOST * 3 // 2:
            self._forget()

    def knows(self, sound: str) -> bool:
        """Whether a word of the shop sounds so."""
        return sound in self._words

    def nearest(self, sound: str) -> tuple[str, float] | None:
        """The word that sounds most like `sound`, and how much; None when none is near."""
        if len(sound) < SHORTEST:
            return None
        if sound in self._words:
            return self._words[sound], 1.0
        # One question guesses at the same word several times.
        if sound not in self._guessed:
            if len(self._guessed) >= _GUESSES:
                self._guessed.clear()
            self._guessed[sound] = self._guess(sound)
        return self._guessed[sound]

    def ends_a_word(self, sound: str) -> bool:
        """Whether a known word ends so: カップ in マグカップ."""
        if len(sound) < SHORTEST:
            return False
        there = [self._by_pair.get(pair) for pair in bigrams(sound)]
        if not all(there):
            return False
        rarest = min((one for one in there if one), key=len)
        return any(self._sounds[number].endswith(sound) for number in rarest)

    def beginning(self, sound: str, limit: int) -> list[str]:
        """Known words whose sound begins so, the most frequent first."""
        start = bisect_left(self._sorted, sound)
        end = bisect_left(self._sorted, f"{sound}\U0010ffff", start)
        nearest = sorted(
            self._sorted[start:end], key=lambda known: (-self._times[known], len(known), known)
        )
        return [self._words[known] for known in nearest[:limit]]

    def dump(self) -> list[tuple[str, str, int]]:
        """All of it, for `Vocabulary.load`."""
        return [(sound, self._words[sound], self._times[sound]) for sound in self._sounds]

    @classmethod
    def load(cls, told: Iterable[tuple[str, str, int]], *, has_japanese: bool) -> "Vocabulary":
        """What `dump` gave."""
        found = cls()
        found.has_japanese = has_japanese
        for sound, word, times in told:
            found._times[sound] = times
            found._words[sound] = word
            found._index(sound)
        found._sorted = sorted(found._words)
        return found

    def _learn(self, sound: str, word: str) -> None:
        self._words[sound] = word
        self._index(sound)
        insort(self._sorted, sound)

    def _index(self, sound: str) -> None:
        number = len(self._sounds)
        self._sounds.append(sound)
        self._guessed.clear()
        for pair in set(bigrams(sound)):
            self._by_pair.setdefault(pair, array("i")).append(number)

    def _forget(self) -> None:
        most = sorted(self._sounds, key=lambda sound: -self._times[sound])[:MOST]
        kept = [(sound, self._words[sound], self._times[sound]) for sound in most]
        fresh = Vocabulary.load(kept, has_japanese=self.has_japanese)
        self.__dict__.update(fresh.__dict__)

    def _guess(self, sound: str) -> tuple[str, float] | None:
        best = max(
            ((likeness(sound, known), known) for known in self._near(sound)), default=(0.0, "")
        )
        return (self._words[best[1]], best[0]) if best[0] >= ALIKE else None

    def _near(self, sound: str) -> list[str]:
        """Those that share most pairs of letters and are of about the same length."""
        pairs = set(bigrams(sound))
        found = [np.array(self._by_pair[pair]) for pair in pairs if pair in self._by_pair]
        if not found:
            return []
        votes: npt.NDArray[np.int64] = np.bincount(np.concatenate(found))
        # Fewer shared pairs than this cannot be alike enough, whatever was mistyped.
        edits = int((1 - ALIKE) * (len(sound) + 1))
        numbers = np.flatnonzero(votes >= max(1, len(pairs) - 3 * edits))
        most = numbers[np.argsort(-votes[numbers], kind="stable")[: _CANDIDATES * 8]]
        shortest, longest = len(sound) * ALIKE, int(len(sound) / ALIKE)
        near = (
            known for at in most.tolist() if shortest <= len(known := self._sounds[at]) <= longest
        )
        return list(islice(near, _CANDIDATES))


@lru_cache(maxsize=20_000)
def _sounding(chunk: str) -> tuple[tuple[str, str], ...]:
    """The words of a piece of a title, each with its sound."""
    words = [chunk]
    words += [
        word.surface
        for word in words_ja.words(chunk) or ()
        if not word.is_grammar and len(word.surface) > 1
    ]
    sounding = [(fold(words_ja.reading_of(word) or word), word) for word in dict.fromkeys(words)]
    return tuple((sound, word) for sound, word in sounding if len(sound) >= SHORTEST)
