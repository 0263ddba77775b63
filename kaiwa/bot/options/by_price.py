"""An option told by its price: ライトは安いほう, "the cheaper one", of one product's."""

import re
from collections.abc import Sequence
from typing import Final

from kaiwa.bot.naming.idle_words import IDLE
from kaiwa.bot.nlu.slot import Option, Slot
from kaiwa.bot.options.picking import Picked, fitting
from kaiwa.catalog.offer import Offer
from kaiwa.vocabulary.language import Language

_CHEAP: Final = re.compile(
    r"(?:一番|いちばん)?(?:安|やす)い(?:ほう|方|の|やつ|もの)|最安"
    r"|\b(?:the )?cheap(?:er|est)?\b(?: one)?",
    re.IGNORECASE,
)
_DEAR: Final = re.compile(
    r"(?:一番|いちばん)?(?:高|たか)い(?:ほう|方|の|やつ|もの)"
    r"|\b(?:the )?(?:dear(?:er|est)|more expensive|most expensive|pric(?:ier|iest))\b",
    re.IGNORECASE,
)

_LEAST: Final = re.compile(r"一番|いちばん|なるべく|とにかく|\bwhichever(?: is|'s)?\b|\bis\b")


def by_price(
    every: Sequence[Offer], told: Sequence[Slot], words: str, language: Language
) -> Picked | None:
    """The one variant that can be had, fits what was told, and costs least or most as told."""
    cheap, dear = _CHEAP.search(words), _DEAR.search(words)
    if bool(cheap) == bool(dear):
        return None
    left = [one for one in fitting(every, told, language)[0] if one.free > 0]
    prices = [one.variant.price.amount_minor for one in left]
    if len(set(prices)) < 2:
        return None
    best = min(prices) if cheap else max(prices)
    found = [one for one in left if one.variant.price.amount_minor == best]
    return Picked(found[0]) if len(found) == 1 else None


def answer_by_price(
    every: Sequence[Offer], told: Sequence[Slot], words: str, language: Language
) -> tuple[Slot, ...]:
    """The options of that one, where the words say nothing but its price; else none."""
    rest = _LEAST.sub(" ", _DEAR.sub(" ", _CHEAP.sub(" ", words.casefold())))
    if IDLE.sub("", rest).strip():
        return ()
    found = by_price(every, told, words, language)
    options = found.offer.variant.options if found is not None and found.offer else {}
    return tuple(Option(*one) for one in options.items())
