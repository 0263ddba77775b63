"""Which products a question, a comparison or a wish for more like it speaks of."""

from typing import Final

from kaiwa.bot.nlu.slot import Product
from kaiwa.bot.skills.contract import Case

MOST: Final = 5


def meant(case: Case) -> tuple[int, ...]:
    """The products chosen or named, else in focus, else all that were shown last; none of many."""
    if case.frame.product_ids:
        return tuple(dict.fromkeys(case.frame.product_ids))
    if ids := named(case):
        return ids
    if case.state.focus:
        return case.state.focus
    shown = tuple(one.id for one in case.state.shown)
    return shown if len(shown) <= MOST else ()


def named(case: Case) -> tuple[int, ...]:
    """The products called by name; of a name that several have, those spoken of already."""
    found: list[int] = []
    spoken = {*case.state.focus, *(one.id for one in case.state.shown)}
    for one in case.frame.slots:
        if isinstance(one, Product):
            near = [each for each in one.ids if each in spoken]
            found += near if len(one.ids) > 1 and near else one.ids
    return tuple(dict.fromkeys(found))
