"""Takes from a passage the sentences that answer, word for word as they were written."""

import re
from typing import Final

from kaiwa.knowledge.terms import terms
from kaiwa.vocabulary.language import Language

LONGEST: Final[dict[Language, int]] = {"ja": 200, "en": 420}
_MOST: Final = 3
_SENTENCE: Final[dict[Language, re.Pattern[str]]] = {
    "ja": re.compile(r"[^。！？!?\n]+[。！？!?]*[」）)]?\n?|\n"),
    "en": re.compile(r"(?:[^.!?\n]|[.!?](?![\s\"')]|$))+[.!?]*[\"')]?\s?|\n"),
}


def extract(text: str, question: str, language: Language) -> str:
    """All of a short text; of a longer one up to three sentences in a row that share most."""
    if len(text) <= LONGEST[language]:
        return text
    sentences = _SENTENCE[language].findall(text)
    asked = terms(question, language)
    shares = [_share(sentence, asked, language) for sentence in sentences]
    best, found = 0.0, (0, 1)
    for first in range(len(sentences)):
        for last in range(first + 1, min(first + _MOST, len(sentences)) + 1):
            if last - first > 1 and sum(map(len, sentences[first:last])) > LONGEST[language]:
                break
            # What follows explains: of equal windows the longer one is taken.
            share = sum(shares[first:last]) + 0.001 * (last - first)
            if share > best:
                best, found = share, (first, last)
    return "".join(sentences[slice(*found)]).strip()


def _share(sentence: str, asked: dict[str, float], language: Language) -> float:
    there = terms(sentence, language)
    return sum(weight for term, weight in asked.items() if term in there)
