"""Finds what the shop wrote that answers a question, with a chance that says how sure to be.

Words decide first. Only where they leave it open is the meaning asked, which costs twenty
milliseconds, and only where an engine for it is installed and has read the passages (`learn`).
"""

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from kaiwa.knowledge.article import Article
from kaiwa.knowledge.evidence import Shelf
from kaiwa.knowledge.extract import extract
from kaiwa.knowledge.faq import FaqEntry
from kaiwa.knowledge.judging import (
    BOUNDS,
    BY_MEANING,
    BY_WORDS,
    Bounds,
    chance,
    doubt,
    numbers,
    weighed,
)
from kaiwa.knowledge.likeness import FEWEST, Likeness, Recall, meaning_text
from kaiwa.knowledge.passage import Passage, passages
from kaiwa.knowledge.terms import terms
from kaiwa.vocabulary.language import LANGUAGES, Language

LONGEST_QUESTION: Final = 400
CLEAR: Final = 0.85  # from which chance by words alone nothing else is asked
SAME_MEANING: Final = 0.5  # of the meanings of a question and of a passage in another language
_MOST: Final = 3


class Hit(msgspec.Struct, frozen=True):
    """A passage that may answer, the chance that it does, and the words of it that answer."""

    passage: Passage
    score: float
    answer: str


class Finding(msgspec.Struct, frozen=True):
    """What is known about a question.

    `sure` answers it; else `perhaps` are what may be meant, best first, to be asked back; both
    empty: nothing is known. `language` is that of the passages. Where it is not the language of the
    question, the shop may have the answer in that language only: then nothing is sure, and the
    shopper should be told.
    """

    language: Language
    sure: Hit | None = None
    perhaps: tuple[Hit, ...] = ()
    best: float = 0.0


class KnowledgeIndex:
    """An index over a merchant's FAQ and articles: built once, read by every turn and thread."""

    def __init__(self, entries: Iterable[FaqEntry], articles: Iterable[Article] = ()) -> None:
        self.entries = tuple(entries)
        self.passages = tuple(passages(self.entries, articles))
        self._by_id = {entry.id: entry for entry in self.entries}
        shelves = {
            language: [one for one in self.passages if one.language == language]
            for language in LANGUAGES
        }
        self._shelves = {language: Shelf(found, language) for language, found in shelves.items()}
        self._exact = {
            FaqEntry(0, question, "", one.language).key: one
            for one in reversed(self.passages)
            for question in reversed(one.questions)
        }
        self._likeness: dict[Language, Likeness] = {}

    def learn(self, recall: Recall) -> None:
        """Read what the passages mean: seconds of CPU for a hundred new ones, so not on a loop.

        Questions that come meanwhile are answered by words alone.
        """
        self._likeness = {
            language: Likeness(shelf.passages, recall)
            for language, shelf in self._shelves.items()
            if len(shelf.passages) >= FEWEST
        }
        recall.forget_all_but([meaning_text(one) for one in self.passages])

    def entry(self, entry_id: int) -> FaqEntry | None:
        """The FAQ entry with that id."""
        return self._by_id.get(entry_id)

    def find(self, text: str, language: Language) -> Finding:
        """What answers `text`, in its language if anything does, else in another."""
        text = text[:LONGEST_QUESTION]
        exact = self._exact.get(FaqEntry(0, text, "", language).key)
        if exact:
            return Finding(language, _hit(exact, 1.0, text), best=1.0)
        found = _judged(language, self.search(text, language), BOUNDS[language])
        if found.sure or found.perhaps:
            return found
        return self.elsewhere(text, language) or found

    def search(self, text: str, language: Language, limit: int = _MOST) -> list[Hit]:
        """The passages of a language that fit `text` best, best first."""
        text = text[:LONGEST_QUESTION]
        found = _ranked(self._shelves[language], text, None)
        if language in self._likeness and (not found or found[0][0] < CLEAR):
            found = _ranked(self._shelves[language], text, self._likeness[language].of(text))
        return [_hit(passage, score, text) for score, passage in found[:limit]]

    def elsewhere(self, text: str, language: Language) -> Finding | None:
        """What may answer `text` in another language; None where that is not looked at."""
        # Languages share no words, only meanings. One that the shop wrote of in the language of the
        # question and yet did not answer there, it does not answer elsewhere either.
        meanings = {term for term in terms(text, language) if term[0] == "#"}
        if all(self._shelves[language].knows(meaning) for meaning in meanings):
            return None
        for other in LANGUAGES:
            near = self._shelves[other].meaning_alike(meanings) if other != language else []
            hits = [_hit(one, share, text) for share, one in near[:_MOST] if share >= SAME_MEANING]
            if hits:
                return Finding(other, perhaps=tuple(hits), best=hits[0].score)
        return None


def _ranked(
    shelf: Shelf, text: str, likeness: Sequence[float] | None
) -> list[tuple[float, Passage]]:
    """Passages with their chances; those after the best have theirs by their own evidence."""
    asked = shelf.asked(text)
    near = () if likeness is None else _nearest(likeness)
    evidence = shelf.evidence(asked, near)
    if not evidence:
        return []
    weights = BY_WORDS if likeness is None else BY_MEANING
    sums = {
        number: weighed(
            weights.passage, numbers(found, None if likeness is None else likeness[number])
        )
        for number, found in evidence.items()
    }
    order = sorted(sums, key=lambda number: (-sums[number], number))
    values = [*(sums[number] for number in order), weights.passage[-1]]
    return [
        (
            chance(weighed(weights.sure, doubt(values[at], values[0 if at else 1], asked))),
            shelf.passages[number],
        )
        for at, number in enumerate(order)
    ]


def _nearest(likeness: Sequence[float]) -> list[int]:
    return sorted(range(len(likeness)), key=lambda number: -likeness[number])[:_MOST]


def _hit(passage: Passage, score: float, question: str) -> Hit:
    whole = passage.faq_id is not None
    answer = passage.text if whole else extract(passage.text, question, passage.language)
    return Hit(passage, round(score, 4), answer)


def _judged(language: Language, hits: Sequence[Hit], bounds: Bounds) -> Finding:
    best = hits[0].score if hits else 0.0
    if best >= bounds.sure:
        return Finding(language, hits[0], best=best)
    if best >= bounds.perhaps:
        return Finding(language, perhaps=tuple(hits[:_MOST]), best=best)
    return Finding(language, best=best)
