"""What a stretch of a text points at without a name: 安いほうを1本と, "add it and a lip balm"."""

import re
from typing import Final

from kaiwa.bot.dialogue.reference import pointed, pointing_words
from kaiwa.bot.dialogue.state import Dialogue
from kaiwa.bot.naming.stretches import Span
from kaiwa.bot.nlu.reader.counting import ordinals

_BARE: Final = r"^\W*(?:じゃあ?|では|うん|はい)?[、 ]*(?:それ|これ)[、。\s]*$"
_ONLY_IT: Final = re.compile(
    r"\W*(?:それ|これ)[もを]?(?:一緒に)?(?:お願い(?:します)?|ください|下さい)?\W*"
    r"|\W*(?:put|add|i'?ll (?:take|have)|throw) (?:it|that|that one)(?: in| too| as well)*\W*"
)
_IT: Final = re.compile(
    rf"(?:それ|これ)(?=を|も)|{_BARE}"
    r"|\b(?:add|put|take|buy|grab|order|want|have|get)\sthat(?= (?:and|plus)\b)"
    r"|\b(?:add|put|take|buy|grab|order|want)\s(?:it|that one|this one)\b"
)


def pointed_at(text: str, state: Dialogue) -> tuple[int, tuple[Span, ...]] | None:
    """The one product shown that a stretch points at by price, place or "it", and by which words.

    None where it points at none, or at several.
    """
    if len(state.focus) == 1 and (it := list(_IT.finditer(text))):
        return state.focus[0], tuple(one.span() for one in it)
    found = [one for one in ordinals(text) if one.kind == "ordinal"]
    spans = [*pointing_words(text), *((one.begin, one.end) for one in found)]
    what = pointed(text, found, state) if spans else None
    if what is None or len(what.products) != 1 or what.how in ("kind", "colour", "size"):
        return None
    return what.products[0].id, tuple(spans)


def is_it(text: str) -> bool:
    """Whether a stretch is それ with or without a particle: それも, "put it in", and no more."""
    return _ONLY_IT.fullmatch(text) is not None


def is_bare_it(text: str) -> bool:
    """Whether a stretch is nothing but それ."""
    return re.match(_BARE, text) is not None
