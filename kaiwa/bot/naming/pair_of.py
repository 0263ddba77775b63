"""A pair of pillows is two of them; a pair of socks is one article, sold as the pair it is."""

import re
from typing import Final

# What is sold in pairs is called so, or its name stands in the plural.
_IN_PAIRS: Final = re.compile(
    r"[a-z]{2,}(?<![siu])s\b|\b(?:shoe|boot|sock|sandal|slipper|clog|sneaker|glove|mitten|earring"
    r"|stocking|legging|pair|pant|jean|short|ski)\b|ペア|[2２二]\s*[個本枚つ足客]?[組入]",
    re.IGNORECASE,
)


def sold_in_pairs(titles: str) -> bool:
    """Whether one of it is a pair: boots and socks, by the names it has."""
    return _IN_PAIRS.search(titles) is not None
