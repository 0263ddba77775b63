"""A pair of pillows is two of them; a pair of socks is one article, sold as the pair it is.

What is sold in pairs is called so: its name stands in the plural.
"""

import re
from typing import Final

from msgspec.structs import replace

from kaiwa.bot.nlu.slot import Quantity
from kaiwa.bot.request import Request
from kaiwa.bot.shop import Shop
from kaiwa.catalog.product import Product

_A_PAIR: Final = re.compile(r"\b(?:a|one) pair\b(?! more)|(?<![ァ-ヺー])ペアで", re.IGNORECASE)
_MANY_PAIRS: Final = re.compile(r"\bpairs\b|\bpair\b.*\bpair\b", re.IGNORECASE)
_IN_PAIRS: Final = re.compile(
    r"[a-z]{2,}(?<![siu])s\b|\b(?:shoe|boot|sock|sandal|slipper|clog|sneaker|glove|mitten|earring"
    r"|stocking|legging|pair|pant|jean|short|ski)\b|ペア|[2２二]\s*[個本枚つ足客]?[組入]",
    re.IGNORECASE,
)


def in_pairs(request: Request, shop: Shop, text: str) -> Request:
    """The request for two, where a pair is wanted of what is sold one by one."""
    if request.act not in ("add_to_cart", "change_quantity") or len(request.chosen) != 1:
        return request
    words = request.question or text
    if not _A_PAIR.search(words) or _MANY_PAIRS.search(words):
        return request
    told = [one for one in request.slots if isinstance(one, Quantity)]
    if any(one.count != 1 or one.relative for one in told):
        return request
    if any(_is_a_pair(one) for one in shop.products(request.chosen)):
        return request
    kept = tuple(one for one in request.slots if not isinstance(one, Quantity))
    return replace(request, slots=(*kept, Quantity(2)))


def _is_a_pair(product: Product) -> bool:
    titles = " ".join((product.title, *(one.title for one in product.translations.values())))
    return sold_in_pairs(titles)


def sold_in_pairs(title: str) -> bool:
    """Whether one of it is a pair: boots and socks, by the name it has."""
    return _IN_PAIRS.search(title) is not None
