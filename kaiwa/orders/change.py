"""Changing an order while that is allowed: its address, its day and slot, fewer of something."""

from collections.abc import Mapping

import msgspec

from kaiwa.carriers import carrier
from kaiwa.engines.db import Session
from kaiwa.orders.address import PostalAddress, checked_address, still_read
from kaiwa.orders.adjustment import Change, adjust, fewer
from kaiwa.orders.allowed import require_allowed
from kaiwa.orders.cancellation import put_back
from kaiwa.orders.command import Command, once
from kaiwa.orders.fact import AnnounceOrders, OrderChanged
from kaiwa.orders.order import Order, OrderBody, note_event, order
from kaiwa.orders.own import held_order
from kaiwa.orders.quoting import today_of
from kaiwa.orders.shipping import Delivery, rate
from kaiwa.orders.totals import with_discount, with_quantities
from kaiwa.vocabulary.errors import Conflict, Invalid


class ChangeOrder(msgspec.Struct, frozen=True):
    """None keeps what there is. `lines` say how many of a part there are to be, never more.

    Who keeps the name keeps how it is read, unless the address says it or `unread` takes it away.
    """

    order_id: int
    address: PostalAddress | None = None
    delivery: Delivery | None = None
    lines: dict[str, int] | None = None
    reason: str = ""
    unread: bool = False


class RefundOrder(msgspec.Struct, frozen=True):
    """Take so much off what was agreed, as an apology or for damage."""

    order_id: int
    amount_minor: int
    reason: str


def change_order(
    session: Session, command: Command, request: ChangeOrder, announce: AnnounceOrders
) -> Order:
    """Change all that is asked for, or nothing."""

    def effect() -> Order:
        found = held_order(session, command, request.order_id)
        body = found.body
        if request.address is not None:
            require_allowed(found, "change_address")
            address = checked_address(request.address)
            if not request.unread:
                address = still_read(found.body.address, address)
            body = _moved(session, command, found, address)
        if request.delivery is not None:
            require_allowed(found, "change_delivery")
            body = _timed(session, command, body, request.delivery)
        if body != found.body:
            _write(session, command, found, body)
            announce(session, OrderChanged(command.merchant_id, found.id))
        if request.lines is not None:
            require_allowed(found, "reduce")
            _reduce(session, command, found, (request.lines, request.reason), announce)
        return order(session, command.merchant_id, found.id)

    return once(session, command, request, Order, effect)


def refund_order(
    session: Session, command: Command, request: RefundOrder, announce: AnnounceOrders
) -> Order:
    """Lower what the order costs, and owe back what is paid too much for that."""

    def effect() -> Order:
        found = held_order(session, command, request.order_id)
        require_allowed(found, "refund")
        if not 0 < request.amount_minor <= found.totals.total_minor:
            raise Invalid("No more than the order costs can be given back.", field="amount_minor")
        bill = with_discount(found.bill, request.reason, "order", request.amount_minor)
        adjust(session, command, found, Change("refund", request.reason, bill), announce)
        return order(session, command.merchant_id, found.id)

    return once(session, command, request, Order, effect)


def _reduce(
    session: Session,
    command: Command,
    found: Order,
    asked: tuple[Mapping[str, int], str],
    announce: AnnounceOrders,
) -> None:
    lines, reason = asked
    known = {line.part for line in found.lines}
    gone = {part: found.left(part) - count for part, count in lines.items() if part in known}
    if set(lines) - known or any(count < 0 for count in (*gone.values(), *lines.values())):
        raise Invalid("A quantity of an order can only go down.", field="lines")
    gone = {part: count for part, count in gone.items() if count}
    if not gone:
        return
    if all(found.left(part) == gone.get(part, 0) for part in known):
        raise Conflict("Nothing would be left: cancel the order instead.", action="cancel")
    put_back(session, command, found, gone)
    bill = with_quantities(found.bill, fewer(found, gone))
    adjust(session, command, found, Change("change", reason, bill, gone), announce)


def _moved(session: Session, command: Command, found: Order, address: PostalAddress) -> OrderBody:
    """The body with the new address; the price of sending was agreed and does not change."""
    if found.body.rate_id is not None:
        agreed = rate(session, command.merchant_id, found.body.rate_id)
        inside = not agreed.regions or address.region in agreed.regions
        if address.country != agreed.country or not inside:
            raise Conflict("Sending it there may cost something else: ask us.", action="ask")
    return msgspec.structs.replace(found.body, address=address)


def _timed(session: Session, command: Command, body: OrderBody, delivery: Delivery) -> OrderBody:
    slots = carrier(body.carrier).slots
    if delivery.slot is not None and delivery.slot not in slots:
        raise Invalid(f"The time slots are: {', '.join(slots)}.", field="slot")
    today = today_of(session, command.merchant_id, command.at)
    if delivery.day is not None and delivery.day <= today:
        raise Invalid("The day of delivery is not before tomorrow.", field="day")
    return msgspec.structs.replace(body, delivery=delivery)


def _write(session: Session, command: Command, found: Order, body: OrderBody) -> None:
    session.run(
        "UPDATE shop_order SET body = :body WHERE merchant_id = :merchant_id AND id = :id",
        body=msgspec.json.encode(body).decode(),
        merchant_id=command.merchant_id,
        id=found.id,
    )
    was = {"address": found.body.address, "delivery": found.body.delivery}
    note_event(session, command, found.id, "changed", {"was": was})
