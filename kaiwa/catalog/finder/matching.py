"""Ranks products for a text: every word first, then any; sounds and spellings in Japanese."""

from collections.abc import Iterable, Sequence
from typing import Final

from kaiwa.catalog.finder.document import ENGLISH, JAPANESE, is_japanese, japanese_terms
from kaiwa.catalog.finder.synonyms import Synonyms
from kaiwa.catalog.finder.vocabulary import Vocabulary
from kaiwa.engines.search import Clause, Hits, Term, TextIndex
from kaiwa.languages import words_ja
from kaiwa.languages.folding import fold, romaji_to_kana

EXPANDED: Final = 0.9
SYNONYM: Final = 0.7
OTHER_WORDS: Final = 0.7  # at most, for a product that has each word only by another name
ANY_WORD: Final = 0.5  # at most, for a product that lacks one of the words
EVERY: Final = 1_000_000
_MOST_WORDS: Final = 24


class Matcher:
    """Text in, product ids with scores out; knows nothing of prices."""

    def __init__(
        self, index: TextIndex, vocabulary: Vocabulary, own: dict[str, tuple[str, ...]]
    ) -> None:
        self._index = index
        self._vocabulary = vocabulary
        self._english_synonyms = Synonyms(index.stems, own)
        self._japanese_synonyms = Synonyms(_spelled, own)

    def match(self, text: str, most: int) -> dict[int, float]:
        """Scores by product id, best first; empty when nothing is alike."""
        if is_japanese(text):
            found = self._japanese(text, most)
            renamed = [self._sounds(other, most) for other in self._renamed(text)]
            return _ranked(_added(found, 1.0, _best(renamed), EXPANDED * SYNONYM))
        english = self._english(text, most)
        kana = self._japanese(_as_kana(text), most) if _as_kana(text) else {}
        return _ranked(_added(english, 1.0, _added(self._sounds(text, most), 0.5, kana, 0.9), 0.5))

    def speaking_of(self, word: str) -> set[int]:
        """Every product whose text has the word, for leaving those out."""
        if is_japanese(word):
            spelled = [Term("ja_words", term) for term in _spelled(word)]
            clauses = [Clause((term,)) for term in spelled]
        else:
            clauses = [Clause(tuple(_terms(stem, 1.0))) for stem in self._index.stems(word)]
        return set(self._index.find(clauses, EVERY, every=True).numbers)

    def _english(self, text: str, most: int) -> dict[int, float]:
        words = self._index.stems(text)[:_MOST_WORDS]
        plain = [Clause(tuple(_terms(word, 1.0))) for word in words]
        found = _scaled(self._index.find(plain, most, every=True), 1.0, OTHER_WORDS)
        if len(found) >= most:
            return found
        wide = self._wide(words)
        if wide != plain:
            renamed = self._index.find(wide, most, every=True)
            found = {**_scaled(renamed, OTHER_WORDS, ANY_WORD), **found}
        if len(found) >= most:
            return found
        return {**_scaled(self._index.find(wide, most, every=False), ANY_WORD, 0.0), **found}

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

    def _japanese(self, text: str, most: int) -> dict[int, float]:
        found = self._sounds(text, most)
        chunks = text.split()
        near = []
        for place, chunk in enumerate(chunks):
            sound = fold(words_ja.reading_of(chunk) or chunk)
            word = self._vocabulary.nearest(sound)
            if word is not None and word[0] != chunk:
                again = " ".join([*chunks[:place], word[0], *chunks[place + 1 :]])
                near.append({i: s * word[1] for i, s in self._sounds(again, most).items()})
        return _added(found, 1.0, _best(near), EXPANDED)

    def _sounds(self, text: str, most: int) -> dict[int, float]:
        total: dict[int, float] = {}
        for name, terms in japanese_terms(text).items():
            clauses = [Clause((Term(name, term),)) for term in dict.fromkeys(terms)]
            hits = self._index.find(clauses[: _MOST_WORDS * 2], most, every=False)
            total = _added(total, 1.0, _scaled(hits, 1.0, 0.0), JAPANESE[name])
        return total


def _spelled(text: str) -> list[str]:
    found = [word for word in words_ja.words(text) or () if not word.is_grammar]
    return [word.normal for word in found] or text.split()


def _terms(word: str, weight: float) -> Iterable[Term]:
    return (Term(field, word, weight * worth) for field, worth in ENGLISH.items())


def _as_kana(text: str) -> str:
    return " ".join(kana for chunk in text.split() if (kana := romaji_to_kana(chunk)))


def _scaled(hits: Hits, top: float, bottom: float) -> dict[int, float]:
    """Scores between `bottom` and `top`, the best at `top`."""
    if not hits.numbers:
        return {}
    best = hits.scores[0] or 1.0
    reach = top - bottom
    return {
        number: bottom + reach * score / best
        for number, score in zip(hits.numbers, hits.scores, strict=True)
    }


def _added(
    one: dict[int, float], weight: float, other: dict[int, float], other_weight: float
) -> dict[int, float]:
    total = {number: score * weight for number, score in one.items()}
    for number, score in other.items():
        total[number] = total.get(number, 0.0) + score * other_weight
    return total


def _best(found: Iterable[dict[int, float]]) -> dict[int, float]:
    best: dict[int, float] = {}
    for one in found:
        for number, score in one.items():
            best[number] = max(score, best.get(number, 0.0))
    return best


def _ranked(scores: dict[int, float]) -> dict[int, float]:
    return dict(sorted(scores.items(), key=lambda item: (-item[1], item[0])))
