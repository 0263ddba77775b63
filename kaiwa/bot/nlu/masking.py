"""Masks: one character stands for what was read, so that words around it are learnt, not it.

"{product}をカートに" is learnt once for every product of every shop.
"""

import re
from typing import Final

NAMES: Final = (
    "product brand colour size n price order email phone zip code date time ordinal".split()
)
MASK: Final = {name: chr(0xE000 + at) for at, name in enumerate(NAMES)}
MASKS: Final = frozenset(MASK.values())
_PLACE = re.compile(r"\{(\w+)\}")


def masked(example: str) -> str:
    """An example with its places, `{product}` and the like, as masks. Unknown names: KeyError."""
    return _PLACE.sub(lambda found: MASK[found[1]], example)
