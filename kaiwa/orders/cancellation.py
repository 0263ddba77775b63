"""Cancelling an order that has not been sent: stock and coupons are free, the money goes back."""

import msgspec

from kaiwa.catalog.stock import restock
from kaiwa.engines.db import Session
from kaiwa.orders.adjustment import Change, adjust
from kaiwa.orders.allowed import require_allowed
from kaiwa.orders.command import Command, once
from kaiwa.orders.fact import AnnounceOrders, OrderCancelled
from kaiwa.orders.order import Order, order
from kaiwa.orders.own import held_order
from kaiwa.orders.redemption import give_back
from kaiwa.orders.terms import terms
from kaiwa.orders.totals import with_quantities
from kaiwa.vocabulary.errors import Invalid
from kaiwa.vocabulary.time import to_micros


class CancelOrder(msgspec.Struct, frozen=True):
    """Do not send it."""

    order_id: int
    reason: str = ""


def cancel_order(
    session: Session, command: Command, request: CancelOrder, announce: AnnounceOrders
) -> Order:
    """Cancel the whole order; `Conflict` when it is on its way. Each step below is undone once."""

    def effect() -> Order:
        held_order(session, command, request.order_id)
        reasons = terms(session, command.merchant_id).cancel_reasons
        if reasons and request.reason not in reasons:
            raise Invalid(f"The reason is one of: {', '.join(reasons)}.", field="reason")
        return cancel_now(session, command, request.order_id, request.reason, announce)

    return once(session, command, request, Order, effect)


def cancel_now(
    session: Session, command: Command, order_id: int, reason: str, announce: AnnounceOrders
) -> Order:
    """Cancel as part of another command."""
    found = order(session, command.merchant_id, order_id, session.lock)
    require_allowed(found, "cancel")
    lines = {line.part: found.left(line.part) for line in found.lines}
    _give_up_payment(session, command, found)
    put_back(session, command, found, lines)
    session.run(
        """UPDATE shop_order SET cancelled_at = :now
        WHERE merchant_id = :merchant_id AND id = :id""",
        now=to_micros(command.at),
        merchant_id=command.merchant_id,
        id=found.id,
    )
    nothing = with_quantities(found.bill, dict.fromkeys(lines, 0), charges=False)
    adjust(session, command, found, Change("cancel", reason, nothing, lines), announce)
    announce(session, OrderCancelled(command.merchant_id, found.id, reason))
    return order(session, command.merchant_id, found.id)


def put_back(session: Session, command: Command, found: Order, lines: dict[str, int]) -> None:
    """What was sold is on the shelf again; what another system sold never left ours."""
    if found.pays == "elsewhere":
        return
    for line in sorted(found.lines, key=lambda line: line.variant_id or 0):
        if line.variant_id is not None and lines.get(line.part):
            restock(session, command.merchant_id, line.variant_id, lines[line.part])


def _give_up_payment(session: Session, command: Command, found: Order) -> None:
    session.run(
        """UPDATE payment SET state = 'abandoned', updated_at = :now
        WHERE merchant_id = :merchant_id AND order_id = :order AND state = 'pending'""",
        now=to_micros(command.at),
        merchant_id=command.merchant_id,
        order=found.id,
    )
    row = session.one(
        "SELECT checkout_id FROM shop_order WHERE merchant_id = :merchant_id AND id = :id",
        merchant_id=command.merchant_id,
        id=found.id,
    )
    if row is not None and row[0] is not None:
        give_back(session, command.merchant_id, row[0])
