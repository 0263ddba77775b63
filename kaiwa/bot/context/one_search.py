"""Something warm, under 15,000: what only bounds a search is one with the search beside it.

So is what only says how it shall be: 革のカバーも見せてください。A5用で.
"""

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from kaiwa.bot.nlu.slot import (
    Brand,
    Colour,
    Exclude,
    ForWhom,
    InStock,
    Price,
    Product,
    Query,
    Size,
    Slot,
    Sorted,
)
from kaiwa.bot.request import Request

_SEEKS: Final = frozenset({"find_product", "refine", "recommend"})
_BOUNDS: Final = (Brand, Colour, Exclude, ForWhom, InStock, Price, Size, Sorted)


def one_search(requests: Sequence[Request], text: str) -> list[Request]:
    """The requests, each search with the bounds that were told of it."""
    found: list[Request] = []
    for one in requests:
        if found and found[-1].act in _SEEKS and _is_of(one, found[-1]):
            before = found[-1]
            slots = _joined(before.slots, one.slots)
            question = _between(before.question, one.question, text)
            found[-1] = replace(before, slots=slots, question=question)
        else:
            found.append(one)
    return found


def _only_bounds(request: Request) -> bool:
    seeks = request.act in ("find_product", "refine") and request.yes is None
    slots = request.slots
    return (
        seeks and bool(slots) and not request.chosen and all(isinstance(s, _BOUNDS) for s in slots)
    )


def _is_of(request: Request, before: Request) -> bool:
    return _only_bounds(request) or _only_tells_how(request, before)


def _only_tells_how(request: Request, before: Request) -> bool:
    """A5用で, "in linen", right behind the name of the one thing that shall be shown."""
    refines = request.act == "refine" and request.yes is None and not request.chosen
    named = before.slot(Product)
    one = named is not None and len(named.ids) == 1
    return refines and one and all(isinstance(slot, Query) for slot in request.slots)


def _joined(first: Sequence[Slot], last: Sequence[Slot]) -> tuple[Slot, ...]:
    """The values of both, their words as one."""
    every = tuple(dict.fromkeys((*first, *last)))
    words = " ".join(one.text for one in every if isinstance(one, Query))
    rest = tuple(one for one in every if not isinstance(one, Query))
    return (Query(words), *rest) if words else rest


def _between(first: str, last: str, text: str) -> str:
    """The words from the one to the end of the other, as they stand in the text."""
    begin, end = text.find(first), text.rfind(last)
    return text[begin : end + len(last)] if 0 <= begin < end else f"{first} {last}"
