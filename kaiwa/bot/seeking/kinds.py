"""Of what a search found, what is of the kind that was asked for, where the best of it is.

"Do you sell racks" finds the rack, and a tool whose page speaks of one. Whoever names a kind of
thing is shown that kind; what only sounds like it, or mentions it, is not put beside it.
"""

import re
from collections.abc import Sequence
from typing import Final

from kaiwa.bot.nlu.slot import Product as Named
from kaiwa.bot.nlu.slot import Slot
from kaiwa.bot.nlu.title_words import letters_named
from kaiwa.catalog.finder.find import Found
from kaiwa.catalog.product import Product
from kaiwa.catalog.understanding import Understood
from kaiwa.languages.folding import fold

_LAST: Final = re.compile(r"[a-z][a-z'-]+(?=[^a-z]*$)")
_TITLE: Final = re.compile(r"[,(]| \d")


def of_the_kind(found: Sequence[Found], asked: Understood, slots: Sequence[Slot]) -> list[Found]:
    """Those whose own name says the kind that the words say; all, where the best does not."""
    if not asked.terms or len(found) < 2 or not _says_kind(asked, found[0].product):
        return list(found)
    named = {each for one in slots if isinstance(one, Named) for each in one.ids}
    return [
        one
        for one in found
        if one.product.id in named
        or one.product.category == asked.category
        or _says_kind(asked, one.product)
    ]


def _says_kind(asked: Understood, product: Product) -> bool:
    sound = fold(asked.terms.casefold())
    names = [(product.title, product.category)]
    names += [(one.title, one.category) for one in product.translations.values()]
    return any(letters_named(sound, _head(title), _head(category)) > 1 for title, category in names)


def _head(title: str) -> str:
    """What the thing is: the last word of an English name; a Japanese one is told as a whole."""
    if not title.isascii():
        return title
    found = _LAST.search(_TITLE.split(title.casefold())[0])
    return found[0] if found else title
