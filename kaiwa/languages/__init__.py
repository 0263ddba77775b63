"""Languages: one file per language says how its text is normalised and cut into terms.

A language file is a module with the three functions of `Reader`. What it means beyond its
letters is in `meanings/`, what the product says in it is in `strings/`.
"""

import re
from typing import Final, Protocol

from kaiwa.languages import en, ja
from kaiwa.vocabulary.language import Language, detect

_JAPANESE = re.compile(r"[\u3040-\u30ff\uff66-\uff9f\u3400-\u9fff々〆]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")


class Reader(Protocol):
    """How one language is read."""

    def normalise(self, text: str) -> str:
        """`text` without differences that mean nothing: width, case, spacing, variants."""

    def tokens(self, text: str) -> list[str]:
        """The terms to search by, in order, without the words that every sentence has."""

    def weight(self, token: str) -> float:
        """How much a token says about the subject by its form alone, 0..1."""


_READERS: Final[dict[Language, Reader]] = {"ja": ja, "en": en}


def reader(language: Language) -> Reader:
    """How that language is read."""
    return _READERS[language]


def language_of(text: str, otherwise: Language) -> Language:
    """The language `text` is written in; `otherwise` when its script does not tell.

    In mixed text the longer part decides: "what is のし?" is English, "IHで使えますか" Japanese.
    """
    japanese, latin = len(_JAPANESE.findall(text)), len(_LATIN_WORD.findall(text))
    if japanese and latin >= 2 and japanese <= latin + 1:
        return "en"
    return detect(text) or otherwise
