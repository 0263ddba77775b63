"""The products of one kind that are to be told apart: 枕が2種類あるけど違いは？ of two that are."""

from typing import Final

from kaiwa.bot.naming.articles_told import spoken
from kaiwa.bot.naming.named import wanted
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn
from kaiwa.catalog.understanding import Understood
from kaiwa.vocabulary.language import Language

_MOST: Final = 4


def kind_compared(words: str, language: Language, where: tuple[Turn, Shop]) -> tuple[int, ...]:
    """The few products of the kind that the words name, or the one article named; else none."""
    shop = where[1]
    asked = wanted(shop, words, language)
    if asked.category:
        kind = Understood(asked.language, asked.category, category=asked.category)
        found = [one.product for one in shop.peek(kind, _MOST + 1).results]
        ids = tuple(one.id for one in found if one.category == asked.category)
        if 1 < len(ids) <= _MOST:
            return ids
    told = spoken(words.casefold(), language, where)
    ids = tuple(dict.fromkeys(one.product_id for one in told.articles if one.spans))
    return ids if len(ids) == 1 and not told.open_ids else ()
