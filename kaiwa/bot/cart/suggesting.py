"""The one thing offered unasked: what is bought together with what was just chosen.

At most one at a time, never twice, never to somebody who said no, never while paying, and never
beside an order that is being talked about.
"""

from typing import Final

from kaiwa.bot.showing import Item, cards
from kaiwa.bot.skills.contract import Case, said
from kaiwa.vocabulary.reply import Block

_LEARNED: Final = frozenset({"bought_together", "next"})
# While one of these is open, or has just been served, nothing is advertised.
_SERIOUS: Final = frozenset(
    {
        "checkout",
        "complaint",
        "human_handoff",
        "order_status",
        "cancel_order",
        "change_address",
        "delivery_request",
        "return_request",
        "account_data",
    }
)
_LOOKED_AT: Final = 6


def suggestion(
    case: Case, product_ids: tuple[int, ...]
) -> tuple[tuple[Block, ...], tuple[Item, ...]]:
    """Blocks and items of what is often bought with these; both empty when there is no occasion.

    The caller hands the items' products on as `Outcome.suggested`.
    """
    if not product_ids or not _fitting(case):
        return (), ()
    known = {*case.state.suggested, *product_ids, *(one.id for one in case.state.shown)}
    for one in case.shop.recommend("bought_together", product_ids, _LOOKED_AT):
        if one.product.id in known or one.reason.because not in _LEARNED:
            continue
        every = case.shop.variants([one.product.id]).get(one.product.id, [])
        card = next((each for each in every if each.variant.id == one.variant.id), None)
        if card is not None and card.free > 0:
            item = Item(card, tuple(every), one.reason.text(case.language))
            blocks = cards((item,), case.language, case.shop.tools.origin)
            return (*said(case.say("finding.suggest")), *blocks), (item,)
    return (), ()


def _fitting(case: Case) -> bool:
    if case.state.unwilling:
        return False
    return not any(one.act in _SERIOUS for one in case.state.frames)
