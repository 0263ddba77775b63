"""One wish told in pieces: 一万円以内で、電気じゃないケトル is a single search, not two."""

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from kaiwa.bot.nlu.questions import Findings
from kaiwa.bot.nlu.slot import Brand, Category, Product, Query, name_of
from kaiwa.bot.request import Request

_SEARCHES: Final = ("find_product", "recommend", "refine")

Pair = tuple[Request, Findings]


def joined(pairs: Sequence[Pair]) -> list[Pair]:
    """Neighbouring searches as one where a piece only has constraints, or asks for the same."""
    found: list[Pair] = []
    for request, findings in pairs:
        before = found[-1][0] if found else None
        if before is not None and _belong(before, request):
            found[-1] = (_one(before, request), found[-1][1])
        else:
            found.append((request, findings))
    return found


def _belong(one: Request, other: Request) -> bool:
    searches = one.act in _SEARCHES and other.act in _SEARCHES
    if not searches or one.chosen or other.chosen:
        return False
    return not _names_a_thing(one) or not _names_a_thing(other)


def _names_a_thing(request: Request) -> bool:
    return any(isinstance(one, Query | Category | Brand | Product) for one in request.slots)


def _one(one: Request, other: Request) -> Request:
    act = min(one.act, other.act, key=_SEARCHES.index)
    names = {name_of(slot) for slot in other.slots}
    kept = tuple(slot for slot in one.slots if name_of(slot) not in names)
    return replace(
        one,
        act=act,
        slots=(*kept, *other.slots),
        question=f"{one.question} {other.question}".strip(),
        confidence=min(one.confidence, other.confidence),
    )
