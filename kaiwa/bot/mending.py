"""Two letters of a word swapped while typing: "looknig for", "in mustrad", put right.

Only towards a word that carries a wish, or an option of what is talked about, and never from a
word that is one itself: what is sought keeps its own spelling, which the finder deals with.
"""

import re
from collections.abc import Iterable
from typing import Final

import msgspec

from kaiwa.bot.nlu.kana_slips import without_slips
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn
from kaiwa.catalog.translation import options_in

_LEAST: Final = 5
_FEW: Final = 3
_WORD: Final = re.compile(r"[a-z]{5,}", re.IGNORECASE)
_CARRIERS: Final = frozenset(
    "looking search searching something anything please thanks should between cheaper cheapest"
    " person people agents someone somebody speaking orders ordered cancel return refund exchange"
    " change delivery delivered shipping shipped address basket coupon discount prices available"
    " another instead remove recommend compare tracking parcel package colour colours colors"
    " material weight warranty notify checkout".split()
)


def mended(turn: Turn, shop: Shop) -> Turn:
    """The turn with such slips put right."""
    if (plain := without_slips(turn.text)) != turn.text:
        turn = msgspec.structs.replace(turn, text=plain)
    words = {one.casefold() for one in _WORD.findall(turn.text)} - _CARRIERS
    if not words:
        return turn
    known = _CARRIERS | _options(turn, shop)
    right = {one: meant for one in words - known if (meant := _swapped(one, known))}
    if not right:
        return turn
    text = _WORD.sub(lambda found: right.get(found[0].casefold(), found[0]), turn.text)
    return msgspec.structs.replace(turn, text=text)


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


def _swapped(word: str, known: Iterable[str]) -> str | None:
    """The one known word of the same letters with two neighbours swapped."""
    ways = {
        word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        for at in range(len(word) - 1)
        if len(word) >= _LEAST
    }
    found = [one for one in known if one in ways]
    return found[0] if len(found) == 1 else None
