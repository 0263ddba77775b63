"""Ranks products for a text: every word first, then any; sounds and spellings in Japanese.

What has every word is asked for first. Only when that is little are guesses made: other names,
any of the words, how it sounds, how it was probably meant. So a question that a large shop answers
well costs one search, and a small shop, or an odd question, gets all of them.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

import numpy as np

from kaiwa.catalog.finder.dense import Dense
from kaiwa.catalog.finder.document import (
    ENGLISH,
    JAPANESE,
    JAPANESE_SUBJECT,
    LACKS,
    SUBJECT,
    groups_of,
    is_japanese,
    japanese_terms,
)
from kaiwa.catalog.finder.evidence import Evidence
from kaiwa.catalog.finder.ranking import NONE, Ranked, added, highest, scaled
from kaiwa.catalog.finder.subject import japanese_things
from kaiwa.catalog.finder.synonyms import Synonyms
from kaiwa.catalog.finder.vocabulary import Vocabulary
from kaiwa.catalog.understanding.purposes import purpose_words
from kaiwa.engines.search import ANY, NO_HITS, Clause, Hits, Only, Term, TextIndex
from kaiwa.languages import words_ja
from kaiwa.languages.folding import fold, romaji_to_kana

EXPANDED: Final = 0.9
SYNONYM: Final = 0.7
OTHER_WORDS: Final = 0.7  # at most, for a product that has each word only by another name
ANY_WORD: Final = 0.5  # at most, for a product that lacks one of the words
ABOUT_IT: Final = 1.0  # what being about the last word is worth beside having it
BEST: Final = 500  # so many are filtered by price and stock at first
FAINT: Final = 0.1  # of the best score: less is a likeness of letters, or of a word in passing
FEW: Final = 100  # for a guess at what was meant, the best are enough
PLENTY: Final = 100  # with so many products that have every word, nothing is guessed
SOME: Final = 20  # with so many, none of the words was misspelt
STRICT: Final = 2.0  # the most that a Japanese text scores where nothing was guessed
# Vectors are asked when fewer products than this have every word, and count so much a deviation.
_MEANING: Final = {"ja": (3, 0.1), "en": (1, 0.05)}
_MOST_WORDS: Final = 24
_MOST_NAMES: Final = 8  # other names of what is asked for that are tried
_WORD_FIELDS: Final = ("ja_title", "ja_words")
_PAIR_FIELDS: Final = ("ja_reading", "ja_surface")
_WORDS_WORTH: Final = sum(JAPANESE[name] for name in _WORD_FIELDS)
_PAIRS_WORTH: Final = sum(JAPANESE[name] for name in _PAIR_FIELDS)


class Matcher:
    """Text in, product ids with scores out; knows nothing of prices."""

    def __init__(
        self,
        index: TextIndex,
        vocabulary: Vocabulary,
        own: dict[str, tuple[str, ...]],
        dense: Dense | None = None,
    ) -> None:
        self._index = index
        self._vocabulary = vocabulary
        self._dense = dense
        self._english_synonyms = Synonyms(index.stems, own)
        self._japanese_synonyms = Synonyms(_spelled, own)
        self._widened: tuple[Sequence[str], list[Clause]] = ((), [])
        self._evidence = Evidence(
            index, vocabulary, self._english_synonyms, self._japanese_synonyms
        )

    def match(self, text: str, most: int, only: Only = ANY) -> Ranked:
        """Products that answer `text`, best first; none when the shop has nothing like it."""
        asking = _Asking(self._index, most, only)
        found = self._by_words(asking, text)
        if asking.having_all < PLENTY and not self._has_the_like(text):
            found, asking.having_all = NONE, 0
        found = found.at(np.flatnonzero(found.scores >= FAINT * found.scores[:1]))
        weak, weight = _MEANING["ja" if is_japanese(text) else "en"]
        if self._dense is None or asking.having_all >= weak or not text.strip():
            return found
        return self._dense.fused(text, found, weight, more=only == ANY)

    def _has_the_like(self, text: str) -> bool:
        """Whether the shop has what the words name, as they stand or as they were meant."""
        if self._evidence.has(text):
            return True
        lacking = set[str]() if is_japanese(text) else self._lacking(text)
        return bool(lacking) and self._evidence.has(self._respelt(text, lacking))

    def _by_words(self, asking: "_Asking", text: str) -> Ranked:
        if is_japanese(text):
            return self._japanese(asking, text).best_first()
        lacking = self._lacking(text)
        meant = self._respelt(text, lacking) if lacking else text
        if meant == text:
            found = self._english(asking, text)
        else:
            # As it was typed, no product has all of it.
            found = self._english(asking.guessing(), meant).times(EXPANDED)
        if len(found.ids) >= PLENTY or not self._vocabulary.has_japanese:
            return found.best_first()
        parts = self._in_japanese(asking.few(), text, nearly=bool(lacking))
        return added([found, *parts]).best_first()

    def _in_japanese(self, few: "_Asking", text: str, *, nearly: bool) -> list[Ranked]:
        """What Latin letters find among Japanese products: as they are, nearly, and as kana."""
        told = japanese_terms(text)
        words = dict.fromkeys(told["ja_words"], 1.0)
        parts = [self._words(few, words, "").times(0.25)]
        if nearly:
            parts.append(self._pairs(few, told).times(0.25))
        if kana := _as_kana(text):
            heard = japanese_terms(kana)
            meant = self._guessed(kana, dict.fromkeys(heard["ja_words"], 1.0))
            parts += [
                self._words(few, meant, kana).times(0.45),
                self._pairs(few, heard).times(0.45),
            ]
        return parts

    def speaking_of(self, words: Iterable[str]) -> tuple[Clause, ...]:
        """What the text of a product has that speaks of each word, for leaving those out."""
        spoken = []
        for word in words:
            if is_japanese(word):
                way = [Clause((Term("ja_words", term),)) for term in _spelled(word)]
            else:
                way = [Clause(_terms(s, 1.0)) for s in self._index.stems(word)]
            if way:
                # "Sugar-free" speaks of sugar only to say that there is none.
                spoken.append(Clause((), (tuple(way),), self.without((word,))))
        return tuple(spoken)

    def wished(self, purposes: Iterable[str], unwanted: Iterable[str]) -> tuple[Clause, ...]:
        """What the text of a product has that suits a purpose, or says it is without something."""
        ways = [
            Clause((Term("ja_words", term),)) if is_japanese(word) else Clause(_terms(term, 1.0))
            for word in purpose_words(purposes)
            for term in (_spelled(word) if is_japanese(word) else self._index.stems(word))
        ]
        return (*ways, *self.without(unwanted))

    def speaking_best(self, wishes: Sequence[Clause], most: int, only: Only) -> Ranked:
        """Products by how much of what is wished for they have."""
        return scaled(self._index.find(wishes, most, every=False, only=only), 1.0)

    def without(self, words: Iterable[str]) -> tuple[Clause, ...]:
        """What the text of a product has that says it is without each word."""
        stems = [self._index.stems(word) for word in words]
        return tuple(
            Clause((), (tuple(Clause((Term(LACKS, one),)) for one in some),))
            for some in stems
            if some
        )

    def _english(self, asking: "_Asking", text: str) -> Ranked:
        words = self._index.stems(text)[:_MOST_WORDS]
        plain = [Clause(_sought(words, at)) for at in range(len(words))]
        parts = [scaled(asking.every(plain), 1.0, OTHER_WORDS)]
        asking.having_all = len(parts[0].ids)
        wide = self._wide(words)
        if len(parts[0].ids) < PLENTY and wide != plain:
            parts.append(scaled(asking.every(wide), OTHER_WORDS, ANY_WORD))
        if len(words) > 1 and max(len(part.ids) for part in parts) < PLENTY:
            parts.append(scaled(asking.guessing().any(wide), ANY_WORD))
        return highest(parts)

    def _lacking(self, text: str) -> set[str]:
        """The words that no product has, not by another name either: perhaps mistyped."""
        words = self._index.stems(text)[:_MOST_WORDS]
        ways = zip(words, self._wide(words), strict=True)
        return {word for word, clause in ways if not self._index.has(clause)}

    def _respelt(self, text: str, lacking: set[str]) -> str:
        """The text with words of the shop in the place of those that it lacks."""
        words = []
        for word in text.split()[:_MOST_WORDS]:
            mistyped = word.isalpha() and not lacking.isdisjoint(self._index.stems(word))
            near = self._vocabulary.nearest(fold(word)) if mistyped else None
            words.append(near[0] if near is not None and near[1] < 1.0 else word)
        return " ".join(words)

    def _wide(self, words: Sequence[str]) -> list[Clause]:
        # Asked for the same words twice: whether one is lacking, and where all of them are.
        known = self._widened
        if words != known[0]:
            known = self._widened = words, self._widen(words)
        return known[1]

    def _widen(self, words: Sequence[str]) -> list[Clause]:
        clauses = []
        for at in range(len(words)):
            terms = list(_sought(words, at))
            for near in (at - 1, at):
                # "head set" and "headset" are one word to a shopper.
                if 0 <= near < len(words) - 1:
                    terms += _terms(words[near] + words[near + 1], 1.0)
            clauses.append(Clause(tuple(terms), self._means(words, at)))
        return clauses

    def _means(self, words: Sequence[str], at: int) -> tuple[tuple[Clause, ...], ...]:
        last = at == len(words) - 1
        return tuple(
            tuple(Clause(_also(part, last=last)) for part in self._index.stems(other))
            for begin, end, means in self._english_synonyms.of(words)
            if begin <= at < end
            for other in means
            if not is_japanese(other)
        )

    def _japanese(self, asking: "_Asking", text: str) -> Ranked:
        clauses = self._strict(text)
        found = asking.every(clauses) if clauses else NO_HITS
        asking.having_all = len(found.numbers)
        if len(found.numbers) >= PLENTY:
            return scaled(found, STRICT)
        told = japanese_terms(text)
        words = dict.fromkeys(told["ja_words"], 1.0)
        if self._are_words(text, clauses):
            return added([scaled(found, 1.0), self._words(asking.guessing(), words, text)])
        pairs = self._pairs(asking.few(), told)
        if len(found.numbers) >= SOME:
            # Every word is one of the shop's, so none was misspelt.
            return added([scaled(found, 1.0), self._words(asking.guessing(), words, text), pairs])
        guessed = self._guessed(text, words)
        things = " ".join([text, *self._renamed(text)[:_MOST_NAMES]])
        return added([self._words(asking.guessing(), guessed, things), pairs])

    def _are_words(self, text: str, clauses: Sequence[Clause]) -> bool:
        """Whether these are several words that products have, each on purpose: 革 弁当箱.

        Two that are one word together (ラップ トップ) were only typed apart.
        """
        chunks = text.split()
        if not 1 < len(chunks) == len(clauses) or not all(map(self._index.has, clauses)):
            return False
        sounds = [_sound(chunk) for chunk in chunks]
        return not any(
            self._vocabulary.knows(one + two) for one, two in zip(sounds, sounds[1:], strict=False)
        )

    def _guessed(self, text: str, words: dict[str, float]) -> dict[str, float]:
        """The words, what else they are called and what they were meant to be, by their worth."""
        guessed = dict(words)
        for word, alike in self._meant(text):
            for term in japanese_terms(word)["ja_words"]:
                guessed.setdefault(term, EXPANDED * alike)
        for other in self._renamed(text)[:_MOST_NAMES]:
            for term in japanese_terms(other)["ja_words"]:
                guessed.setdefault(term, EXPANDED * SYNONYM)
        return guessed

    def _strict(self, text: str) -> list[Clause]:
        """Every word, as the dictionary spells it, by its parts, or by another name."""
        words = [word for word in words_ja.words(text) or () if not word.is_grammar]
        spelled = [word.normal for word in words]
        others = self._japanese_synonyms.of(spelled)
        things = japanese_things(text)
        clauses = []
        for at, word in enumerate(words[:_MOST_WORDS]):
            terms = [Term(name, word.normal) for name in _WORD_FIELDS]
            if word.normal in things:
                terms.append(Term(JAPANESE_SUBJECT, word.normal, ABOUT_IT))
            terms += [
                Term("ja_words", f"syn{group}", SYNONYM, word.normal) for group in word.groups
            ]
            ways = [_spelled(word.surface, "short")]
            ways += [_spelled(other) for a, b, means in others if a <= at < b for other in means]
            parts = tuple(
                _all_of(way, about=word.normal in things) for way in ways if way != [word.normal]
            )
            clauses.append(Clause(tuple(terms), parts, added=True))
        return clauses

    def _renamed(self, text: str) -> list[str]:
        words = _spelled(text)
        return [
            " ".join([*words[:begin], other, *words[end:]])
            for begin, end, means in self._japanese_synonyms.of(words)
            for other in means
        ]

    def _meant(self, text: str) -> list[tuple[str, float]]:
        """The words of the shop that those of the text sound like, and how much."""
        found = []
        for chunk in text.split():
            word = self._vocabulary.nearest(_sound(chunk))
            if word is not None and word[0] != chunk:
                found.append(word)
        return found

    def _words(self, asking: "_Asking", words: dict[str, float], things: str) -> Ranked:
        """Any of the Japanese words, each by its worth; a title's more, and a thing's most."""
        sought, beside = japanese_things(things), groups_of(things)
        clauses = [
            Clause(
                (
                    *_weighed(_WORD_FIELDS, one, worth, beside.get(one, "")),
                    *([Term(JAPANESE_SUBJECT, one, worth * ABOUT_IT)] if one in sought else []),
                ),
                added=True,
            )
            for one, worth in words.items()
        ]
        return scaled(asking.any(clauses[: _MOST_WORDS * 2]), _WORDS_WORTH)

    def _pairs(self, asking: "_Asking", told: dict[str, list[str]]) -> Ranked:
        """Any pairs of sounds and letters: only the best of them mean something."""
        pairs = [
            Clause(_weighed((name,), pair))
            for name in _PAIR_FIELDS
            for pair in list(dict.fromkeys(told[name]))[: _MOST_WORDS * 2]
        ]
        return scaled(asking.any(pairs), _PAIRS_WORTH)


class _Asking:
    """One question to the index: how many of the best, and among which documents."""

    def __init__(self, index: TextIndex, most: int, only: Only) -> None:
        self._index, self._most, self._only = index, most, only
        self.having_all = 0  # how many have every word of the text

    def guessing(self) -> "_Asking":
        # Behind those that have every word a few are enough, unless all are asked for.
        return self.few() if self._most <= BEST else self

    def few(self) -> "_Asking":
        return _Asking(self._index, min(self._most, FEW), self._only)

    def every(self, clauses: Sequence[Clause]) -> Hits:
        return self._index.find(clauses, self._most, every=True, only=self._only)

    def any(self, clauses: Sequence[Clause]) -> Hits:
        return self._index.find(clauses, self._most, every=False, only=self._only)


def _spelled(text: str, cut: words_ja.Cut = "long") -> list[str]:
    found = [word for word in words_ja.words(text, cut) or () if not word.is_grammar]
    return [word.normal for word in found] or text.split()


def _sound(chunk: str) -> str:
    return fold(words_ja.reading_of(chunk) or chunk)


def _all_of(words: Sequence[str], *, about: bool) -> tuple[Clause, ...]:
    thing = words[-1] if about and words else ""
    return tuple(
        Clause(
            (Term("ja_words", word, SYNONYM), Term(JAPANESE_SUBJECT, word, SYNONYM * ABOUT_IT))
            if word == thing
            else (Term("ja_words", word, SYNONYM),)
        )
        for word in words
    )


def _sought(words: Sequence[str], at: int) -> tuple[Term, ...]:
    """The last word is what is sought: what is about it counts more than what goes with it."""
    return _about(words[at]) if at == len(words) - 1 else _terms(words[at], 1.0)


def _also(word: str, *, last: bool) -> tuple[Term, ...]:
    return _about(word, SYNONYM) if last else _terms(word, SYNONYM)


@lru_cache(maxsize=4_096)
def _about(word: str, weight: float = 1.0) -> tuple[Term, ...]:
    return (*_terms(word, weight), Term(SUBJECT, word, weight * ABOUT_IT))


@lru_cache(maxsize=4_096)
def _terms(word: str, weight: float) -> tuple[Term, ...]:
    return tuple([Term(field, word, weight * worth) for field, worth in ENGLISH.items()])


def _weighed(
    fields: Iterable[str], text: str, worth: float = 1.0, beside: str = ""
) -> tuple[Term, ...]:
    return tuple([Term(name, text, JAPANESE[name] * worth, beside) for name in fields])


def _as_kana(text: str) -> str:
    return " ".join(kana for chunk in text.split() if (kana := romaji_to_kana(chunk)))
