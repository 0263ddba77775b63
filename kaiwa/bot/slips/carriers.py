"""Words that carry a wish, put right where letters are swapped, left out or doubled.

Towards a word that carries a wish ("looknig", "adress"), or an option of what is talked about
("medum"), and never from a word that is one itself.
"""

import re
from collections.abc import Iterable
from typing import Final

from msgspec.structs import replace

from kaiwa.bot.nlu.vocabulary import english_words
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn
from kaiwa.catalog.translation import options_in

_LEAST: Final = 5
_FEW: Final = 3
_WORD: Final = re.compile(r"(?<![\w@./'-])[a-z]{4,}(?![\w@/'-]|\.\w)", re.IGNORECASE)
_CARRIERS: Final = frozenset(
    "looking search searching something anything please thanks should between cheaper cheapest"
    " person people agents someone somebody speaking orders ordered cancel return refund exchange"
    " change delivery delivered shipping shipped address basket coupon discount prices available"
    " another instead remove recommend compare tracking parcel package colour colours colors"
    " material weight warranty notify checkout received arrived shipment returned returning"
    " replace replaced damaged broken missing quantity payment invoice receipt recommendation"
    " customer service medium discount compatible".split()
)


def carried(turn: Turn, shop: Shop) -> Turn:
    """The turn with such words put right."""
    words = {one.casefold() for one in _WORD.findall(turn.text)} - _CARRIERS
    if not words:
        return turn
    options = _options(turn, shop)
    known = _CARRIERS | options
    right = {}
    for one in words - known:
        if len(one) >= _LEAST:
            meant = _meant(one, known)
        else:
            # In four letters many a word is near to another: only an option is meant then.
            meant = None if one in english_words() else _meant(one, options)
        if meant:
            right[one] = meant
    if not right:
        return turn
    text = _WORD.sub(lambda found: right.get(found[0].casefold(), found[0]), turn.text)
    return replace(turn, text=text)


def _options(turn: Turn, shop: Shop) -> set[str]:
    """The words of the options of what is talked about."""
    state = turn.state
    ids = (state.top.product_ids if state.top else ()) or state.focus
    ids = ids or tuple(one.id for one in state.shown)
    if not 0 < len(ids) <= _FEW:
        return set()
    offers = [one for some in shop.variants(ids).values() for one in some]
    values = {
        value
        for one in offers
        for options in (one.variant.options, options_in(one.product, one.variant, "en"))
        for value in options.values()
    }
    return {word.casefold() for value in values for word in _WORD.findall(value)}


def _meant(word: str, known: Iterable[str]) -> str | None:
    """The one known word with two neighbours swapped, an inner letter left out, or one doubled."""
    ways = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)} | {
        word[:at] + word[at + 1 :] for at in range(1, len(word)) if word[at] == word[at - 1]
    }
    found = {one for one in known if one in ways or _lacks_one(word, one)}
    return found.pop() if len(found) == 1 else None


def _lacks_one(word: str, whole: str) -> bool:
    """Whether the word is the whole one without one of its inner letters."""
    if len(word) != len(whole) - 1 or word[0] != whole[0] or word[-1] != whole[-1]:
        return False
    return any(whole[:at] + whole[at + 1 :] == word for at in range(1, len(whole) - 1))
