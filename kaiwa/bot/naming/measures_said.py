"""Numbers, measures and containers: they name nothing by themselves, whatever is sold in them."""

import re
from typing import Final

# Three tubes of what is spoken of, whatever else comes in tubes.
_CONTAINER: Final = re.compile(r"(?:tube|can|bar|roll|sheet|bottle|tin|jar|pot|stick)s?")
_MEASURED: Final = re.compile(
    r"[\d.,\s-]*(?:oz|kg|g|ml|l|cm|mm|m|in|inch(?:es)?|lbs?|count|ct|packs?|bags?|box(?:es)?|sets?|pairs?"
    r"|pieces?|pcs?|cups?|tins?|jars?|個|本|枚|包|組|足|入り?|箱|袋|セット|サイズ|size|年)?(?:\s*of)?"
)


def is_measure(words: str, *, counted: bool) -> bool:
    """Whether words are but a measure or a container, as behind a number that counts."""
    plain = words.strip()
    if counted and _CONTAINER.fullmatch(plain):
        return True
    return _MEASURED.fullmatch(plain) is not None
