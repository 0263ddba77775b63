"""Which two things are compared where each is named by itself: the meadow one and the barrier one.

Said together, two names may read as one thing: what stands on either side is looked up alone.
"""

import re
from typing import Final

from kaiwa.bot.dialogue.state import Dialogue
from kaiwa.bot.naming.named import named
from kaiwa.bot.shop import Shop
from kaiwa.vocabulary.language import Language

_LONGEST: Final = 120
_PAIR: Final = re.compile(
    r"\b(?:between|compare|diff(?:erence)?(?: is there)? of) (?P<a>.{3,40}?)"
    r" (?:and|with|to|vs\.?|versus|&|or) (?P<b>.{3,40}?)\W*$"
    r"|^\W*(?:how (?:is|are|does|do) |which is \w+,? )?(?P<c>.{3,40}?)"
    r" (?:vs\.?|versus|different from|compared? (?:to|with)) (?P<d>.{3,40}?)\W*$"
    r"|(?P<e>[^、。]{2,20}?)と(?P<f>[^、。]{2,20}?)"
    r"(?:の(?:違い|ちがい|差)|(?:は|って)(?:どう|何が|なにが)(?:違|ちが)|を?(?:比べ|比較)|(?:は|って|だと)?(?:どっち|どちら))",
    re.IGNORECASE,
)
_AROUND: Final = re.compile(r"^\W*(?:the|your|my|that)\b|\b(?:ones?|kind|type|version)\W*$", re.I)


def names_a_pair(words: str) -> bool:
    """Whether two things are named beside each other, whatever they are."""
    return len(words) <= _LONGEST and _PAIR.search(words) is not None


def pair_named(words: str, language: Language, state: Dialogue, shop: Shop) -> tuple[int, ...]:
    """The two that the words name beside each other; none where either side names nothing."""
    found = _PAIR.search(words) if len(words) <= _LONGEST else None
    if found is None:
        return ()
    near = {*state.near, *(one.id for one in state.shown)}
    pair: list[int] = []
    for side in (one for one in found.groups() if one):
        told = named(shop, side, language).product_ids
        bare = _AROUND.sub("", side).strip()
        told = told or named(shop, bare, language, alone=True).product_ids
        ids = [one for one in told if one not in pair]
        if not ids:
            return ()
        pair.append(next((one for one in ids if one in near), ids[0]))
    return tuple(pair)
