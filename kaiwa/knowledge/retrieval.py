"""Finds the FAQ entries that answer a question, with a score that says how sure to be.

A question is a bag of weighted terms: what the words look like (tokens) and what they mean
(meanings). The score of an entry is the share of the question it covers, times how well the
question covers one of the entry's own phrasings: "shipping?" fits "How much is shipping?"
better than "Do I pay return shipping for a kettle from abroad?", though both contain it.
"""

import heapq
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Final

import msgspec

from kaiwa.knowledge.faq import FaqEntry
from kaiwa.languages import reader
from kaiwa.languages.meanings import meanings
from kaiwa.vocabulary.language import LANGUAGES, Language

_LONGEST_QUERY: Final = 400
_MEANING_WEIGHT: Final = 3.0
_UNKNOWN_WEIGHT: Final = 0.55
_CIRCUMSTANCE: Final = 0.35
_QUERY_TERMS: Final = 12
_MOST_STRANGE: Final = 1.6
_IN_QUESTION: Final = 1.0
_IN_TAGS: Final = 0.8
_IN_ANSWER: Final = 0.35
_FIT_SHARE: Final = 0.45
_TAG_FIT: Final = 0.7  # of what a phrasing's fit counts, a tag's does
_CANDIDATES: Final = 24
_WEIGHED: Final = 5

_ENGLISH: Final = re.compile(r"(?<![\w@./'-])[a-z]{4,16}(?![\w@/'-]|\.\w)")
Terms = dict[str, float]
Worth = Callable[[str, Language, FaqEntry], float]


class FaqHit(msgspec.Struct, frozen=True):
    """An entry that may answer, and how surely: 0 not at all, 1 word for word."""

    entry: FaqEntry
    score: float


def terms(text: str, language: Language) -> Terms:
    """What `text` is about: its tokens and meanings, each with the weight of its form."""
    read = reader(language)
    normal = read.normalise(text[:_LONGEST_QUERY])
    found = {token: read.weight(token) for token in read.tokens(normal)}
    return found | {f"#{name}": _MEANING_WEIGHT for name in meanings(normal, language)}


class FaqIndex:
    """An index over all entries of a shop; built once, read by every turn.

    `worth` may tell how much of its score an entry keeps for a question, 0..1.
    """

    def __init__(self, entries: Iterable[FaqEntry], worth: Worth | None = None) -> None:
        self.entries = tuple(entries)
        self._worth = worth
        self._by_id = {entry.id: entry for entry in self.entries}
        self._by_question = {entry.key: entry for entry in reversed(self.entries)}
        self._shelves = {
            language: _Shelf([entry for entry in self.entries if entry.language == language])
            for language in LANGUAGES
        }

    @cached_property
    def english_words(self) -> frozenset[str]:
        """The English words of the questions and the answers, in small letters."""
        texts = (f"{one.question} {one.answer}" for one in self.entries if one.language == "en")
        return frozenset(word for text in texts for word in _ENGLISH.findall(text.casefold()))

    def entry(self, entry_id: int) -> FaqEntry | None:
        """The entry with that id."""
        return self._by_id.get(entry_id)

    def search(self, text: str, language: Language, limit: int = 5) -> list[FaqHit]:
        """The entries that fit `text` best, best first; empty when nothing fits at all."""
        asked = FaqEntry(0, text[:_LONGEST_QUERY], "", language)
        exact = self._by_question.get(asked.key)
        if exact:
            return [FaqHit(exact, 1.0)]
        most = limit if self._worth is None else max(limit, _WEIGHED)
        found = [
            FaqHit(hit.entry, hit.score * self.worth(text, hit.entry))
            for hit in self._shelves[language].search(terms(text, language), most)
        ]
        return sorted(found, key=lambda hit: -hit.score)[:limit]

    def worth(self, text: str, entry: FaqEntry) -> float:
        """How much of its score an entry keeps for a question in its language, 0..1."""
        return 1.0 if self._worth is None else self._worth(text, entry.language, entry)


class _Shelf:
    """The entries of one language."""

    def __init__(self, entries: list[FaqEntry]) -> None:
        self._entries = entries
        self._phrasings = [_phrasings(entry) for entry in entries]
        self._tags = [[terms(tag, entry.language) for tag in entry.tags] for entry in entries]
        self._postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        known: Counter[str] = Counter()
        for number, entry in enumerate(entries):
            found = _strengths(entry, self._phrasings[number])
            known.update(found)
            for term, strength in found.items():
                self._postings[term].append((number, strength))
        self._rarity = {term: math.log1p(len(entries) / count) for term, count in known.items()}
        self._rarest = math.log1p(len(entries))

    def search(self, asked: Terms, limit: int) -> list[FaqHit]:
        weights = self._weights(asked)
        total = self._mass(weights)
        if not total:
            return []
        covered: defaultdict[int, float] = defaultdict(float)
        for term, weight in weights.items():
            for number, strength in self._postings.get(term, ()):
                covered[number] += weight * strength
        best = heapq.nlargest(_CANDIDATES, covered.items(), key=lambda pair: pair[1])
        hits = [
            FaqHit(self._entries[number], self._score(number, min(1.0, share / total), asked))
            for number, share in best
        ]
        return sorted(hits, key=lambda hit: -hit.score)[:limit]

    def _mass(self, weights: Terms) -> float:
        """What there is to cover; strange words count only up to a limit, for people chat."""
        strange = {term for term in weights if term not in self._rarity and term[0] != "#"}
        known = (weight for term, weight in weights.items() if term not in strange)
        chat = sum(weights[term] for term in strange)
        return sum(heapq.nlargest(_QUERY_TERMS, known)) + min(chat, _MOST_STRANGE * self._rarest)

    def _weights(self, asked: Terms) -> Terms:
        unknown = self._rarest * _UNKNOWN_WEIGHT
        # Beside a matter that the shop writes of, one that it does not is a mere circumstance.
        heard = any(term[0] == "#" and term in self._rarity for term in asked)
        strange = self._rarest * (_CIRCUMSTANCE if heard else 1.0)
        return {
            term: form * self._rarity.get(term, strange if term[0] == "#" else unknown)
            for term, form in asked.items()
        }

    def _score(self, number: int, coverage: float, asked: Terms) -> float:
        fit = max(self._fit(phrasing, asked) for phrasing in self._phrasings[number])
        tagged = max((self._fit(tag, asked) for tag in self._tags[number]), default=0.0)
        fit = max(fit, _TAG_FIT * tagged)
        return round(coverage * (1 - _FIT_SHARE + _FIT_SHARE * fit), 4)

    def _fit(self, phrasing: Terms, asked: Terms) -> float:
        total = sum(form * self._rarity[term] for term, form in phrasing.items())
        shared = sum(form * self._rarity[term] for term, form in phrasing.items() if term in asked)
        return shared / total if total else 0.0


def _phrasings(entry: FaqEntry) -> list[Terms]:
    return [terms(text, entry.language) for text in (entry.question, *entry.alternatives)]


def _strengths(entry: FaqEntry, phrasings: list[Terms]) -> Terms:
    """How much finding each term in this entry counts, by the part it stands in."""
    found = dict.fromkeys(terms(entry.answer, entry.language), _IN_ANSWER)
    for tag in entry.tags:
        found |= dict.fromkeys(terms(tag, entry.language), _IN_TAGS)
    for phrasing in phrasings:
        found |= dict.fromkeys(phrasing, _IN_QUESTION)
    return found
