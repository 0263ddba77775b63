"""Paying an order another way while it is not sent, and paying what is still open."""

from typing import Final

import msgspec

from kaiwa.engines.db import Session
from kaiwa.orders.allowed import require_allowed
from kaiwa.orders.command import Command, once
from kaiwa.orders.fact import AnnounceOrders
from kaiwa.orders.gift_card import card_of_payment
from kaiwa.orders.later_payment import Later, pay_later
from kaiwa.orders.order import Order, note_event, order
from kaiwa.orders.own import held_order
from kaiwa.orders.payment import Payment, payments_of
from kaiwa.orders.payment_method import method
from kaiwa.orders.saved_method import SavedMethod, method_for
from kaiwa.vocabulary.errors import Conflict
from kaiwa.vocabulary.money import Money

_STANDING: Final = ("paid", "pending")


class ChangePayment(msgspec.Struct, frozen=True):
    """Pay all of the order by this saved way instead."""

    order_id: int
    saved_method_id: int


class PayRest(msgspec.Struct, frozen=True):
    """Pay what is still open of the order by this saved way."""

    order_id: int
    saved_method_id: int


def change_payment(
    session: Session, command: Command, request: ChangePayment, announce: AnnounceOrders
) -> Order:
    """Pay another way; the old payment goes back once the new one is there.

    `Conflict` when it is on its way, was paid in several parts, is paid this way already, or a
    fee depends on the way it is paid.
    """

    def effect() -> Order:
        found = held_order(session, command, request.order_id)
        require_allowed(found, "change_payment")
        way = method_for(session, command.merchant_id, found, request.saved_method_id)
        standing = [
            one
            for one in payments_of(session, command.merchant_id, found.id)
            if one.state in _STANDING
        ]
        if len(standing) != 1:
            raise Conflict("It was paid in parts: ask us to change that.", action="ask")
        if _same(session, command, standing[0], way):
            raise Conflict("It is paid this way already.", reason="same_method")
        _no_fee(session, command, found, way)
        later = Later(Money(found.totals.total_minor, found.currency), way, standing[0].id)
        pay_later(session, command, found, later, announce)
        note_event(session, command, found.id, "payment_change", {"to": way.title})
        return order(session, command.merchant_id, found.id)

    return once(session, command, request, Order, effect)


def pay_rest(
    session: Session, command: Command, request: PayRest, announce: AnnounceOrders
) -> Order:
    """Pay what a change has left open; `Conflict` when nothing is."""

    def effect() -> Order:
        found = held_order(session, command, request.order_id)
        open_minor = found.totals.total_minor - (found.paid_minor - found.refunded_minor)
        if found.cancelled_at is not None or open_minor <= 0:
            raise Conflict("There is nothing left to pay.", reason="paid")
        way = method_for(session, command.merchant_id, found, request.saved_method_id)
        later = Later(Money(open_minor, found.currency), way)
        pay_later(session, command, found, later, announce)
        return order(session, command.merchant_id, found.id)

    return once(session, command, request, Order, effect)


def _same(session: Session, command: Command, paid: Payment, way: SavedMethod) -> bool:
    if paid.saved_method_id is not None:
        return paid.saved_method_id == way.id
    if way.gift_card_id is not None:
        return card_of_payment(session, command.merchant_id, paid.id) == way.gift_card_id
    return False


def _no_fee(session: Session, command: Command, found: Order, way: SavedMethod) -> None:
    fee = method(session, command.merchant_id, way.method_id).fee_minor
    if fee or any(part.kind == "fee" and part.quantity for part in found.bill.parts):
        raise Conflict("A fee depends on how it is paid: ask us to change that.", action="ask")
