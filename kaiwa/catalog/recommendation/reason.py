"""Why something is recommended, said in the shopper's language. It says what happened, no more."""

from typing import Literal, TypeAlias

import msgspec

from kaiwa.languages.strings import say
from kaiwa.vocabulary.language import Language

Because: TypeAlias = Literal[
    "similar", "bought_together", "next", "personal", "popular", "popular_here", "new"
]


class Reason(msgspec.Struct, frozen=True):
    """What led to a product; `about` names the product or category it is like."""

    because: Because
    about: str = ""

    def text(self, language: Language) -> str:
        """The reason as a shopper reads it."""
        return say(f"recommend.{self.because}", language, about=self.about)
