"""Which of a few products words describe, by their names and by what their pages say.

お箸に名前は入れられますか of a glass and 夫婦箸, "the iron one": what is shown is told apart by one
word that the others have not, though it is no product's name.
"""

import re
from collections.abc import Sequence
from typing import Final

from kaiwa.bot.asking.words import Word, names_of, said_in, words_of_question
from kaiwa.bot.shop import Shop
from kaiwa.catalog.product import Product
from kaiwa.catalog.translation import in_language
from kaiwa.vocabulary.language import Language

MOST: Final = 10
_IN_NAME: Final = 3.0
_ON_PAGE: Final = 1.0
_LEAD: Final = 0.9  # of the best over the next
_EACH: Final = re.compile(
    r"どれ|どっち|どちら|両方|全部|それぞれ|いずれ|\b(?:which|any of|either|both|each|all)\b"
)
_WITHOUT: Final = re.compile(
    r"\s*(?:なし|無し|抜き|ぬき|不使用|フリー|が?(?:入って)?(?:い)?ない|じゃない|ではない|以外"
    r"|[- ]free)"
)
_NOT_BEFORE: Final = re.compile(r"(?:\bno|\bnot|\bwithout|n't|\bnot the)\s+(?:\w+\s+)?$")


def nearest(
    text: str, ids: Sequence[int], language: Language, shop: Shop, *, by_name: bool = False
) -> int | None:
    """The one of these products that the words describe best; None where that is open.

    `by_name` what their pages say tells nothing: it is what is asked about.
    """
    folded = text.casefold()
    if not 1 < len(ids) <= MOST or _EACH.search(folded):
        return None
    words = [
        one for one in words_of_question(folded, language, ()) if not _is_unwanted(one, folded)
    ]
    if not words:
        return None
    products = shop.products(tuple(ids))
    least = _IN_NAME if by_name else _ON_PAGE
    worth = {
        one.id: [told if (told := _worth(word, one, language)) >= least else 0.0 for word in words]
        for one in products
    }
    # What all of them have tells none of them apart.
    telling = [at for at in range(len(words)) if len({some[at] for some in worth.values()}) > 1]
    scores = {
        number: sum(some[at] * words[at].weight for at in telling) for number, some in worth.items()
    }
    ranked = sorted(scores, key=lambda number: -scores[number])
    if len(ranked) < 2 or scores[ranked[0]] < scores[ranked[1]] + _LEAD:
        return None
    return ranked[0]


def _worth(word: Word, product: Product, language: Language) -> float:
    if said_in(word, " ".join(names_of([product])), language):
        return _IN_NAME
    shown = in_language(product, language)
    facts = " ".join(f"{name} {value}" for name, value in shown.attributes.items())
    page = f"{shown.body} {facts} {' '.join(shown.tags)}"
    return _ON_PAGE if said_in(word, page, language) else 0.0


def _is_unwanted(word: Word, folded: str) -> bool:
    """Whether the word is named only to say that it shall not be in it."""
    at = folded.find(word.text)
    if at < 0:
        return False
    after, before = folded[at + len(word.text) :], folded[:at]
    return _WITHOUT.match(after) is not None or _NOT_BEFORE.search(before) is not None
