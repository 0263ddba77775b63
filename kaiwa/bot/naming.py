"""Which products a text names, by the finder: whatever word stands in a title leads to it.

The gazetteer knows names and parts of them. The finder also knows what else they are called, how
they are misspelt, and which kind of thing is meant; what it finds counts only when it fits much
better than anything else in the shop.
"""

from typing import Final

import msgspec

from kaiwa.bot.shop import Shop
from kaiwa.catalog.finder.find import Answer
from kaiwa.catalog.understanding import Understood
from kaiwa.catalog.understanding.understand import understand
from kaiwa.vocabulary.language import Language

STRONG: Final = 1.0  # a score of the finder that chance does not reach
_NEAR: Final = 0.67
_LOOKED_AT: Final = 6


class Naming(msgspec.Struct, frozen=True):
    """What the text was understood to seek, and the products that fit it much better than others.

    One means just that product, several that it is open which of them.
    """

    asked: Understood
    product_ids: tuple[int, ...] = ()
    score: float = 0.0


def named(shop: Shop, text: str, language: Language) -> Naming:
    """The products named in the text; none when nothing in the shop is called so."""
    words = shop.known.words
    asked = understand(text, words.facets, words.currency, language)
    if not asked.terms:
        return Naming(asked)
    plain = Understood(asked.language, asked.terms, exclude=asked.exclude)
    answer: Answer = shop.peek(plain, _LOOKED_AT)
    if not answer.results or answer.results[0].score < STRONG:
        return Naming(asked)
    best = answer.results[0].score
    near = [one.product.id for one in answer.results if one.score >= best * _NEAR]
    return Naming(asked, tuple(near), best)
