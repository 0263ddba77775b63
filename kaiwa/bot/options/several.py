"""Several values of one option and nothing else: ぞうとひつじ, "navy and rust": one of each."""

import re
from typing import Final

from msgspec.structs import replace

from kaiwa.bot.naming.articles_cut import parts_of
from kaiwa.bot.naming.counts_told import counts_told
from kaiwa.bot.naming.idle_words import IDLE
from kaiwa.bot.nlu.slot import Colour, Option, Quantity, Size, Slot
from kaiwa.bot.options.said import Told, options_told
from kaiwa.bot.request import Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn
from kaiwa.vocabulary.language import Language

_SURE: Final = 0.9
_MOST: Final = 4
TELLS_WHO: Final = re.compile(
    r"\b(?:i'?m|i am|he'?s|he is|she'?s|she is|they'?re|they are"
    r"|(?:i|he|she|they) (?:usually |mostly )?"
    r"(?:wears?|takes?)|my \w+(?:'s| is| wears?))\b"
)


def several_options(
    request: Request, text: str, language: Language, where: tuple[Turn, Shop]
) -> list[Request] | None:
    """One request for each part of a `plain` text, of the one product spoken of; else None."""
    state = where[0].state
    top = state.top if state.top is not None and state.top.act == "add_to_cart" else None
    near = top.product_ids if top is not None and top.asked is not None else state.near
    parts = parts_of(text)
    if len(near) != 1 or not 1 < len(parts) <= _MOST:
        return None
    every = where[1].variants(near).get(near[0], [])
    told = [options_told(every, one, language) for one in parts]
    if top is None and all(told) and all(TELLS_WHO.search(one) for one in parts):
        # I'm S/M, he's L/XL: who wears what is told, and neither is taken by that.
        about = replace(request, act="product_question", candidates=(), slots=(), chosen=near)
        return [replace(about, how="recency", question=text)] if not counts_told(text) else None
    if not all(told) or any(map(_left, parts, told)) or not _differ(told):
        return None
    before = top.slots if top is not None else ()
    found = []
    for part, options in zip(parts, told, strict=True):
        names = {one.name for one in options}
        slots: list[Slot] = [one.slot for one in options]
        slots += [one for one in before if isinstance(one, Option) and one.name not in names]
        slots += [one for one in before if isinstance(one, Colour | Size)]
        slots.append(next((one for *_, one in counts_told(part)), Quantity(1)))
        told_one = replace(request, act="add_to_cart", candidates=(), confidence=_SURE)
        found.append(replace(told_one, slots=tuple(slots), chosen=near, how="name", question=part))
    return found


def _left(part: str, told: list[Told]) -> bool:
    """Whether a part says more than its values."""
    rest = part
    for one in sorted(told, key=lambda one: -one.begin):
        rest = f"{rest[: one.begin]}\x00{rest[one.end :]}"
    for begin, end, _ in sorted(counts_told(rest), key=lambda one: -one[0]):
        rest = f"{rest[:begin]}\x00{rest[end:]}"
    return bool(IDLE.sub("", rest).strip("\x00 "))


def _differ(told: list[list[Told]]) -> bool:
    """Whether all of them tell another value of the same option."""
    pairs = [{one.name: one.slot for one in some} for some in told]
    names = set.intersection(*(set(one) for one in pairs))
    return any(len({one[name] for one in pairs}) == len(pairs) for name in names)
