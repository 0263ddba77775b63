"""Ranks products for a text: every word first, then any; sounds and spellings in Japanese."""

from collections.abc import Iterable, Sequence
from typing import Final

from kaiwa.catalog.finder.document import ENGLISH, JAPANESE, is_japanese, japanese_terms
from kaiwa.catalog.finder.ranking import NONE, Ranked, added, highest, scaled
from kaiwa.catalog.finder.synonyms import Synonyms
from kaiwa.catalog.finder.vocabulary import Vocabulary
from kaiwa.engines.search import Clause, Term, TextIndex
from kaiwa.languages import words_ja
from kaiwa.languages.folding import fold, romaji_to_kana

EXPANDED: Final = 0.9
SYNONYM: Final = 0.7
OTHER_WORDS: Final = 0.7  # at most, for a product that has each word only by another name
ANY_WORD: Final = 0.5  # at most, for a product that lacks one of the words
FEW: Final = 300  # for a guess at what was meant, the best are enough
EVERY: Final = 1_000_000
_MOST_WORDS: Final = 24
_WORD_FIELDS: Final = ("ja_title", "ja_words")


class Matcher:
    """Text in, product ids with scores out; knows nothing of prices."""

    def __init__(
        self, index: TextIndex, vocabulary: Vocabulary, own: dict[str, tuple[str, ...]]
    ) -> None:
        self._index = index
        self._vocabulary = vocabulary
        self._english_synonyms = Synonyms(index.stems, own)
        self._japanese_synonyms = Synonyms(_spelled, own)

    def match(self, text: str, most: int) -> Ranked:
        """Products that answer `text`, best first; none when nothing is alike."""
        if is_japanese(text):
            found = self._japanese(text, most)
            renamed = [self._sounds(other, FEW, _WORD_FIELDS) for other in self._renamed(text)]
            return added([found, highest(renamed).times(EXPANDED * SYNONYM)]).best_first()
        parts = [self._english(text, most)]
        if self._vocabulary.has_japanese:
            kana = _as_kana(text)
            parts.append(self._sounds(text, FEW).times(0.25))
            parts.append((self._japanese(kana, FEW) if kana else NONE).times(0.45))
        return added(parts).best_first()

    def speaking_of(self, word: str) -> set[int]:
        """Every product whose text has the word, for leaving those out."""
        if is_japanese(word):
            spelled = [Term("ja_words", term) for term in _spelled(word)]
            clauses = [Clause((term,)) for term in spelled]
        else:
            clauses = [Clause(tuple(_terms(stem, 1.0))) for stem in self._index.stems(word)]
        return set(self._index.find(clauses, EVERY, every=True).numbers)

    def _english(self, text: str, most: int) -> Ranked:
        words = self._index.stems(text)[:_MOST_WORDS]
        plain = [Clause(tuple(_terms(word, 1.0))) for word in words]
        parts = [scaled(self._index.find(plain, most, every=True), 1.0, OTHER_WORDS)]
        wide = self._wide(words)
        if len(parts[0].ids) < most and wide != plain:
            parts.append(scaled(self._index.find(wide, most, every=True), OTHER_WORDS, ANY_WORD))
        if len(words) > 1 and max(len(part.ids) for part in parts) < most:
            parts.append(scaled(self._index.find(wide, most, every=False), ANY_WORD))
        return highest(parts)

    def _wide(self, words: Sequence[str]) -> list[Clause]:
        clauses = []
        for at, word in enumerate(words):
            terms = list(_terms(word, 1.0))
            for near in (at - 1, at):
                # "head set" and "headset" are one word to a shopper.
                if 0 <= near < len(words) - 1:
                    terms += _terms(words[near] + words[near + 1], 1.0)
            clauses.append(Clause(tuple(terms), self._means(words, at)))
        return clauses

    def _means(self, words: Sequence[str], at: int) -> tuple[tuple[Clause, ...], ...]:
        return tuple(
            tuple(Clause(tuple(_terms(part, SYNONYM))) for part in self._index.stems(other))
            for begin, end, means in self._english_synonyms.of(words)
            if begin <= at < end
            for other in means
            if not is_japanese(other)
        )

    def _renamed(self, text: str) -> list[str]:
        words = _spelled(text)
        return [
            " ".join([*words[:begin], other, *words[end:]])
            for begin, end, means in self._japanese_synonyms.of(words)
            for other in means
        ]

    def _japanese(self, text: str, most: int) -> Ranked:
        chunks = text.split()
        near = []
        for place, chunk in enumerate(chunks):
            word = self._vocabulary.nearest(fold(words_ja.reading_of(chunk) or chunk))
            if word is not None and word[0] != chunk:
                again = " ".join([*chunks[:place], word[0], *chunks[place + 1 :]])
                near.append(self._sounds(again, FEW).times(word[1]))
        return added([self._sounds(text, most), highest(near).times(EXPANDED)])

    def _sounds(self, text: str, most: int, fields: Iterable[str] = JAPANESE) -> Ranked:
        parts = []
        told = japanese_terms(text)
        for name in fields:
            terms = told[name]
            clauses = [Clause((Term(name, term),)) for term in dict.fromkeys(terms)]
            # Pairs of sounds are in nearly everything: only the best of them mean something.
            reach = most if name in _WORD_FIELDS else min(most, FEW)
            hits = self._index.find(clauses[: _MOST_WORDS * 2], reach, every=False)
            parts.append(scaled(hits, 1.0).times(JAPANESE[name]))
        return added(parts)


def _spelled(text: str) -> list[str]:
    found = [word for word in words_ja.words(text) or () if not word.is_grammar]
    return [word.normal for word in found] or text.split()


def _terms(word: str, weight: float) -> Iterable[Term]:
    return (Term(field, word, weight * worth) for field, worth in ENGLISH.items())


def _as_kana(text: str) -> str:
    return " ".join(kana for chunk in text.split() if (kana := romaji_to_kana(chunk)))
