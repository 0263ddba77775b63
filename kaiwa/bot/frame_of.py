"""Which frame serves an act: the open one with what was said now, or a new one."""

from collections.abc import Iterable
from typing import Final

from kaiwa.bot.dialogue.state import MOST_SLOTS, Dialogue, Frame
from kaiwa.bot.nlu.act import ACTS, OF_ORDERS, Act
from kaiwa.bot.nlu.slot import Product, Slot, kind_of
from kaiwa.bot.request import CONTINUE, Request

# What their open question is answered with refines the search.
SEARCHES: Final = frozenset({"find_product", "refine", "recommend"})


def frame_of(act: str, request: Request, state: Dialogue, offered: set[int]) -> Frame:
    """The frame for this request; `offered` are the products that were to be chosen from."""
    top = state.top
    name: Act = act if act in ACTS else "out_of_scope"
    if top is None or top.act != act or not _goes_on(top, request, state, offered):
        return Frame(name, _merged((), request.slots), None, request.chosen, request.variant_id)
    return Frame(
        top.act,
        _merged(top.slots, request.slots),
        None,
        request.chosen or top.product_ids,
        request.variant_id or (None if request.chosen else top.variant_id),
        top.learnt,
        top.along,
    )


def _goes_on(top: Frame, request: Request, state: Dialogue, offered: set[int]) -> bool:
    if request.act == CONTINUE or request.corrected:
        return True
    if top.act in SEARCHES:
        return False
    waits = top.asked is not None or state.pending is not None
    if top.act in OF_ORDERS:
        return waits
    if top.asked is not None and request.chosen:
        # Three notebooks. Which? The A5: three of those.
        return offered.issuperset(request.chosen)
    return waits and not request.chosen and request.slot(Product) is None


def _merged(before: tuple[Slot, ...], now: Iterable[Slot]) -> tuple[Slot, ...]:
    """What was said now stands in the place of what was said before under the same name."""
    fresh = tuple(now)
    names = {kind_of(one) for one in fresh}
    kept = tuple(one for one in before if kind_of(one) not in names)
    return (*kept, *fresh)[-MOST_SLOTS:]
