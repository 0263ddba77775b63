"""Exchanging what has arrived: it comes back, and another variant of it goes out.

An exchange is a return with something wanted instead. The price is agreed when it is asked for and
the article is held; money moves when the goods are back.
"""

from datetime import timedelta
from typing import Final

import msgspec

from kaiwa.engines.db import Session
from kaiwa.orders.allowed import require_allowed
from kaiwa.orders.command import Command, once
from kaiwa.orders.fact import AnnounceOrders
from kaiwa.orders.own import held_order
from kaiwa.orders.replacing import agreed, difference_minor, hold, require_payable
from kaiwa.orders.return_request import (
    AskReturn,
    ReturnRequest,
    exchange_holder,
    insert_return,
    require_returnable,
)
from kaiwa.orders.saved_method import method_for
from kaiwa.vocabulary.money import Money

# As long as parcels and people take; it is held anew when the goods are back.
_HELD: Final = timedelta(days=30)


class AskExchange(msgspec.Struct, frozen=True):
    """Have these variants instead: `lines` say which variant takes the place of which part.

    A difference is paid by the saved way; what was paid too much goes back to it when it is a gift
    card, else to what paid for the order.
    """

    order_id: int
    lines: dict[str, int]
    saved_method_id: int
    reason: str = ""


def ask_exchange(
    session: Session, command: Command, request: AskExchange, announce: AnnounceOrders
) -> ReturnRequest:
    """Ask for it; `Conflict` when it is too late, out of stock, or the gift card has too little."""

    def effect() -> ReturnRequest:
        found = held_order(session, command, request.order_id)
        require_allowed(found, "ask_exchange")
        way = method_for(session, command.merchant_id, found, request.saved_method_id)
        swaps = agreed(session, command, found, request.lines)
        lines = {one.part: one.quantity for one in swaps}
        require_returnable(session, command, found, lines)
        difference = Money(difference_minor(found, swaps), found.currency)
        require_payable(session, command, way, difference)
        back = AskReturn(found.id, lines, request.reason, way.id)
        asked = insert_return(session, command, back, tuple(swaps), announce)
        hold(session, command, swaps, (exchange_holder(asked.id), _HELD))
        return asked

    return once(session, command, request, ReturnRequest, effect)
