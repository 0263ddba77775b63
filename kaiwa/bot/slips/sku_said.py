"""An article told by its number in the shop: "LB-W60 ×4" is the bulb in warm white, four of them.

The number is put in the shop's own words, so that all that reads names and options reads it too.
"""

import re
from typing import Final

import msgspec

from kaiwa.bot.shop import Shop
from kaiwa.bot.showing import option_words
from kaiwa.bot.turn import Turn
from kaiwa.catalog.translation import in_language
from kaiwa.catalog.variant import variant_by_sku
from kaiwa.vocabulary.language import Language

_SKU: Final = re.compile(
    r"(?<![\w@./-])(?=[a-z0-9-]*[a-z])[a-z0-9]{1,12}(?:-[a-z0-9]{1,12}){1,4}(?![a-z0-9_@/-])", re.I
)
_BRACKETS: Final = re.compile(r"[「」『』()（）]")
_TIMES: Final = re.compile(r"(?<!\d)[×xX*]\s?(\d{1,2})(?!\d)")
_MOST: Final = 6


def with_skus_named(turn: Turn, shop: Shop) -> Turn:
    """The turn with such numbers of the shop's own in words; itself where it tells none."""
    told = list(dict.fromkeys(one[0].upper() for one in _SKU.finditer(turn.text)))[:_MOST]
    if not told:
        return turn
    language = turn.state.language or turn.language
    names = {sku: name for sku in told if (name := _name_of(sku, language, shop))}
    if not names:
        return turn
    text = _SKU.sub(lambda found: f"{names.get(found[0].upper(), found[0])} ", turn.text)
    if language == "ja":
        text = _TIMES.sub(r"\1点", text)
    return msgspec.structs.replace(turn, text=" ".join(text.split()))


def _name_of(sku: str, language: Language, shop: Shop) -> str:
    """What the shop calls the article with that number; empty where it sells none."""
    ways = (variant_by_sku(shop.session, shop.merchant.id, one) for one in (sku, sku.lower()))
    found = next((one for one in ways if one is not None and not one.retired), None)
    offer = shop.offers([found.id]).get(found.id) if found is not None else None
    if offer is None:
        return ""
    options = option_words(offer, language).replace(" / ", " ")
    title = _BRACKETS.sub(" ", in_language(offer.product, language).title)
    return " ".join(f"{title} {options}".split())
