"""A question the shop has answered once and for all."""

from typing import Final

import msgspec

from kaiwa.languages import reader
from kaiwa.vocabulary.language import Language

COLUMNS: Final = ("question", "answer", "language", "tags")


class FaqEntry(msgspec.Struct, frozen=True):
    """One answered question; `alternatives` are other ways shoppers ask it."""

    id: int
    question: str
    answer: str
    language: Language
    tags: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[Language, str]:
        """Two entries with the same key are the same question."""
        return self.language, reader(self.language).normalise(self.question).rstrip("?。. ")
