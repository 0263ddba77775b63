"""Both things in the cart are wanted otherwise: 両方ともA5に替えて, "make them both large".

Each in the option that is told, where every one of them comes in it; else nothing is changed.
"""

import re
from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from kaiwa.bot.cart.all_alike import MEANS_ALL
from kaiwa.bot.naming.idle_words import IDLE
from kaiwa.bot.options.each_value import number_of_all
from kaiwa.bot.options.picking import fitting
from kaiwa.bot.options.plain import plain
from kaiwa.bot.options.said import Told, options_told
from kaiwa.bot.request import Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn
from kaiwa.catalog.offer import Offer
from kaiwa.vocabulary.language import Language

_LONGEST: Final = 80
_SURE: Final = 0.9
_BUYING: Final = frozenset({"add_to_cart", "change_quantity", "view_cart"})
_SENTENCE: Final = re.compile(r"[^。.…!！?？\n]+")
_MAKES: Final = re.compile(
    r"に(?:変え|替え|換え|かえ|変更|し(?:て|ます|たい)|する)(?:し?て|ます|たい(?:です)?)?"
    r"|\b(?:make|change|switch|swap|have|get|want)\b"
)
_ALL: Final = re.compile(
    r"(?:両方|どちら|どっち|[二2]つ)(?:とも|も)?|全部|ぜんぶ|すべて|全て|やっぱり?|にして|くださ[いる]"
    r"|(?:もらえ|いただけ|でき)(?:ます|る)?"
    r"|\b(?:both|all)\b(?: of (?:them|those|these))?|\b(?:two|them|could|can|i|we|you|please)\b"
)


def both_otherwise(text: str, language: Language, where: tuple[Turn, Shop]) -> list[Request] | None:
    """One change for each line that is not so yet; None where the words say anything else."""
    turn, shop = where
    state, lines = turn.state, list(shop.cart.lines) if shop.cart else []
    if len(text) > _LONGEST or state.top is not None or state.pending is not None:
        return None
    ids = tuple(dict.fromkeys(one.product_id for one in lines))
    if state.last_act not in _BUYING or len(ids) < 2 or len(ids) != len(lines):
        return None
    sentences = map(plain, _SENTENCE.findall(text))
    words = next((one for one in sentences if MEANS_ALL.search(one)), "")
    several = number_of_all(words)
    if not _MAKES.search(words) or len(lines) != (several.count if several is not None else 2):
        return None
    sold = shop.variants(ids)
    told = [options_told(sold.get(one.product_id, []), words, language) for one in lines]
    if any(len(one) != 1 or not _is_all_said(words, one[0]) for one in told):
        return None
    base = Request("change_quantity", how="name", question=words, confidence=_SURE)
    changes = [
        replace(base, slots=(value.slot,), chosen=(line.product_id,))
        for line, (value,) in zip(lines, told, strict=True)
        if not _is_so(value, line.variant_id, sold.get(line.product_id, []), language)
    ]
    return changes or None


def _is_so(told: Told, variant_id: int, every: Sequence[Offer], language: Language) -> bool:
    """Whether a line comes in the option already."""
    own = [one for one in every if one.variant.id == variant_id]
    return bool(own) and not fitting(own, [told.slot], language)[1]


def _is_all_said(words: str, told: Told) -> bool:
    """Whether nothing is said beside the option, and that both shall be so."""
    left = f"{words[: told.begin]} {words[told.end :]}"
    return not IDLE.sub("", _ALL.sub(" ", _MAKES.sub(" ", left))).strip()
