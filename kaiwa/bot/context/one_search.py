"""Something warm, under 15,000: what only bounds a search is one with the search beside it."""

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from kaiwa.bot.nlu.slot import Brand, Colour, Exclude, ForWhom, InStock, Price, Size, Sorted
from kaiwa.bot.request import Request

_SEEKS: Final = frozenset({"find_product", "refine", "recommend"})
_BOUNDS: Final = (Brand, Colour, Exclude, ForWhom, InStock, Price, Size, Sorted)


def one_search(requests: Sequence[Request], text: str) -> list[Request]:
    """The requests, each search with the bounds that were told of it."""
    found: list[Request] = []
    for one in requests:
        if found and found[-1].act in _SEEKS and _only_bounds(one):
            before = found[-1]
            slots = tuple(dict.fromkeys((*before.slots, *one.slots)))
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


def _between(first: str, last: str, text: str) -> str:
    """The words from the one to the end of the other, as they stand in the text."""
    begin, end = text.find(first), text.rfind(last)
    return text[begin : end + len(last)] if 0 <= begin < end else f"{first} {last}"
