"""The cheapest or the dearest of what was shown, and nothing else said: 一番安いのは？.

Of a few that were shown it is the one, with what it costs; of more than were shown the same search
is shown once more, by price.
"""

import re
from typing import Final

from kaiwa.bot.nlu.slot import Sorted
from kaiwa.bot.request import Request
from kaiwa.bot.seeking.results import SHOWN
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn
from kaiwa.vocabulary.language import Language

_ALONE: Final = re.compile(
    r"^\W*(?:(?:and|so|ok|then|which(?: one)?(?:'s| is)?|what(?:'s| is| about)?|how about)[, ]+)*"
    r"(?:the |your )?(?:(?P<low>cheapest|least expensive|lowest[- ]priced?)"
    r"|(?P<high>most expensive|priciest|dearest|highest[- ]priced?))"
    r"(?: (?:ones?|option|of (?:them|those|these|the lot)(?: all)?|there"
    r"|you(?:'ve)? (?:have|got)))*"
    r"[ ?.!]*$"
    r"|^\W*(?:じゃあ?|では|で|なら|逆に|その中で|この中で|中で)?[、 ]*"
    r"(?:一番|いちばん|最も|もっとも)(?:お?値段の?|価格の?)?が?"
    r"(?:(?P<yasui>安い|お手頃な)|(?P<takai>高い))(?:の|もの|やつ|商品)?(?:は|って)?"
    r"(?:どれ|どちら|何)?(?:です|になります|でしょう)?か?[?？。]*$",
    re.IGNORECASE,
)
_LOOKED: Final = frozenset({"find_product", "refine", "recommend", "product_question"})
_MAY_BE: Final = _LOOKED | {"compare", "out_of_scope", "clarify"}
_HOW_MUCH: Final[dict[Language, str]] = {"ja": "いくらですか", "en": "How much is it?"}
_TWO: Final = 2  # are compared


def by_price_alone(request: Request, words: str, where: tuple[Turn, Shop]) -> Request | None:
    """The request for the cheapest or the dearest; None where more is said, or less was shown."""
    turn, shop = where
    state, told = turn.state, _ALONE.match(words)
    shown = tuple(one.id for one in state.shown)
    if told is None or request.act not in _MAY_BE or state.last_act not in _LOOKED:
        return None
    if len(shown) <= _TWO:
        return None
    high = bool(told["high"] or told["takai"])
    if len(shown) >= SHOWN and state.search:
        return Request("refine", (Sorted("price_desc" if high else "price_asc"),), question=words)
    prices = [
        (one.variant.price.amount_minor, product)
        for product, every in shop.variants(shown).items()
        for one in every
    ]
    if not prices:
        return None
    best = (max if high else min)(prices, key=lambda one: one[0])[1]
    asks = _HOW_MUCH[state.language or turn.language]
    return Request("product_question", chosen=(best,), how="price", question=asks)
