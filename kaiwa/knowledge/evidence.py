"""What speaks for a passage as the answer to a question, in numbers between 0 and 1."""

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence, Set
from typing import Final

import msgspec

from kaiwa.knowledge.passage import Passage
from kaiwa.knowledge.terms import Terms, is_word, terms
from kaiwa.vocabulary.language import Language

_UNKNOWN: Final = 0.55
_LONGEST_TEXT: Final = 400
_CANDIDATES: Final = 24
_MOST_MASS: Final = 6.0
_MOST_WORDS: Final = 8


class Evidence(msgspec.Struct, frozen=True):
    """For one passage.

    `in_question` is the share of what is asked that stands in its questions and tags, `in_text` the
    share that stands in its text alone; `fit` is how much of one of its questions was asked, `mass`
    how much was shared at all.
    """

    in_question: float
    in_text: float
    fit: float
    mass: float


class Asked(msgspec.Struct, frozen=True):
    """A question, weighed: `strange` is the share of its words that the shop never wrote."""

    terms: Terms
    strange: float
    length: float


class Shelf:
    """The passages of one language, laid out for looking up."""

    def __init__(self, passages: Sequence[Passage], language: Language) -> None:
        self.passages = tuple(passages)
        self._language = language
        self._questions = [[terms(text, language) for text in p.questions] for p in passages]
        self._meanings: list[list[set[str]]] = []
        self._asking: defaultdict[str, list[int]] = defaultdict(list)
        self._telling: defaultdict[str, list[int]] = defaultdict(list)
        for number, passage in enumerate(passages):
            asking = {term for one in self._questions[number] for term in one}
            asking |= {term for tag in passage.tags for term in terms(tag, language)}
            self._meanings.append([_meant(one) for one in (asking, *self._questions[number])])
            for term in asking:
                self._asking[term].append(number)
            for term in _terms_of(passage.text, language) - asking:
                self._telling[term].append(number)
        known = Counter({term: len(found) for term, found in self._asking.items()})
        known.update({term: len(found) for term, found in self._telling.items()})
        self._rarity = {term: math.log1p(len(passages) / count) for term, count in known.items()}
        self._rarest = math.log1p(len(passages))

    def asked(self, text: str) -> Asked:
        """A question as this shelf weighs it; what it never heard of weighs something too."""
        found = terms(text, self._language)
        words = [term for term in found if is_word(term, self._language)]
        # Without a dictionary all there is are pairs of characters.
        words = words or [term for term in found if term[0] not in "#~"]
        strange = sum(term not in self._rarity for term in words)
        weights = {term: form * self._weight(term) for term, form in found.items()}
        length = min(len(words), _MOST_WORDS) / _MOST_WORDS
        return Asked(weights, strange / max(len(words), 1), length)

    def evidence(self, asked: Asked, also: Sequence[int] = ()) -> dict[int, Evidence]:
        """For the passages that share most with the question, and for `also`, by their numbers."""
        in_question, in_text = self._shared(asked, self._asking), self._shared(asked, self._telling)
        best = heapq.nlargest(
            _CANDIDATES,
            in_question.keys() | in_text.keys(),
            key=lambda number: (in_question[number] + in_text[number], -number),
        )
        total = sum(asked.terms.values()) or 1.0
        return {
            number: Evidence(
                in_question[number] / total,
                in_text[number] / total,
                max((self._fit(one, asked) for one in self._questions[number]), default=0.0),
                min(in_question[number] / (self._rarest or 1.0), _MOST_MASS) / _MOST_MASS,
            )
            for number in {*best, *also}
        }

    def knows(self, term: str) -> bool:
        """Whether any passage has that term."""
        return term in self._rarity

    def meaning_alike(self, meanings: Set[str]) -> list[tuple[float, Passage]]:
        """The passages that mean some of `meanings` (terms), by how much of both is shared.

        A passage is meant as a whole, or by one of its questions.
        """
        found = {number for one in meanings for number in self._asking.get(one, ())}
        shares = [
            (
                max(len(meanings & one) / len(meanings | one) for one in self._meanings[number]),
                self.passages[number],
            )
            for number in sorted(found)
        ]
        return sorted(shares, key=lambda pair: -pair[0])

    def _weight(self, term: str) -> float:
        return self._rarity.get(term, self._rarest * (1.0 if term[0] == "#" else _UNKNOWN))

    def _shared(self, asked: Asked, where: dict[str, list[int]]) -> defaultdict[int, float]:
        found: defaultdict[int, float] = defaultdict(float)
        for term, weight in asked.terms.items():
            for number in where.get(term, ()):
                found[number] += weight
        return found

    def _fit(self, question: Terms, asked: Asked) -> float:
        total = sum(form * self._rarity[term] for term, form in question.items())
        shared = sum(
            form * self._rarity[term] for term, form in question.items() if term in asked.terms
        )
        return shared / total if total else 0.0


def _meant(found: Iterable[str]) -> set[str]:
    return {term for term in found if term[0] == "#"}


def _terms_of(text: str, language: Language) -> set[str]:
    """The terms of a text of any length, read piece by piece."""
    found: set[str] = set()
    for at in range(0, len(text), _LONGEST_TEXT):
        found |= terms(text[at : at + _LONGEST_TEXT], language).keys()
    return found
