"""A text of nothing but option values of the one product spoken of: "light tint pls" takes it.

Read like a search of its own it would be answered with other goods.
"""

import re
from collections.abc import Sequence
from typing import Final

from kaiwa.bot.idle_words import IDLE
from kaiwa.bot.nlu.slot import Quantity
from kaiwa.bot.options_said import options_told, plain
from kaiwa.bot.request import Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn
from kaiwa.vocabulary.language import Language

_LONGEST: Final = 60
_SURE: Final = 0.9
_MISREAD: Final = frozenset({"find_product", "out_of_scope", "clarify"})
_OPEN: Final = frozenset({"find_product", "refine", "recommend", "product_question", "compare"})
_ASKS: Final = re.compile(
    r"[?？]|ある|あり|見|みせ|探|がいい|\b(?:any|show|other|find|do you|is)\b"
)
_NUMBERS: Final = re.compile(r"\d{1,2}\s*(?:個|つ|本|枚|点|着|足|冊|箱|袋|缶|x\b)?")


def only_options(
    requests: Sequence[Request], text: str, language: Language, where: tuple[Turn, Shop]
) -> list[Request] | None:
    """What the values are wanted for; None where more is said, or where none is spoken of."""
    turn, shop = where
    top, near = turn.state.top, turn.state.near
    if len(text) > _LONGEST or len(near) != 1 or len(requests) != 1:
        return None
    if requests[0].act not in _MISREAD or (top is not None and top.act not in _OPEN):
        return None
    folded = plain(text)
    if _ASKS.search(folded):
        return None
    every = shop.variants(near).get(near[0], [])
    told = options_told(every, folded, language)
    if not told:
        return None
    rest = folded
    for one in sorted(told, key=lambda one: -one.begin):
        rest = f"{rest[: one.begin]}\x00{rest[one.end :]}"
    for one in told:
        rest = rest.replace(plain(one.name), "\x00")
    if IDLE.sub("", _NUMBERS.sub("", rest)).strip("\x00 "):
        return None
    counts = tuple(one for one in requests[0].slots if isinstance(one, Quantity))
    slots = (*(one.slot for one in told), *counts)
    taken = Request("add_to_cart", slots, chosen=near, question=text, confidence=_SURE)
    return [taken]
