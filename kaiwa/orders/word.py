"""What a provider tells by itself, taken once: payments, refunds, disputes.

Webhooks come twice, late and in any order. Each says something that is true or not yet known, so
none has an effect that another of the same words has had.
"""

from collections.abc import Mapping

import msgspec
import structlog

from kaiwa.engines.db import Session
from kaiwa.orders.command import Command
from kaiwa.orders.completing import conclude
from kaiwa.orders.fact import AnnounceOrders, OrderChanged, PaymentDisputed
from kaiwa.orders.order import note_event, order
from kaiwa.orders.payment import Payment, payment, payment_called
from kaiwa.orders.payment_method import method
from kaiwa.orders.refund import given_back_minor, refund_called, refund_told
from kaiwa.payments import Heard, HeardDispute, HeardRefund, HeardRefunded, Told
from kaiwa.vocabulary.money import Money

log = structlog.get_logger()


def take_word(
    session: Session, command: Command, provider: str, told: Told, announce: AnnounceOrders
) -> bool:
    """Record one thing that a provider told; whether it is about something of this merchant."""
    match told:
        case HeardRefund(key, back):
            refund_id = refund_called(session, command.merchant_id, key)
            if refund_id is None:
                return False
            refund_told(session, command, refund_id, back, announce)
            return True
        case Heard(key, reference):
            paid = _meant(session, command, provider, (key, reference))
            if paid is not None:
                _paid(session, command, paid, told, announce)
        case HeardRefunded(reference, total):
            paid = _meant(session, command, provider, (None, reference))
            if paid is not None:
                _refunded(session, command, paid, total, announce)
        case HeardDispute(reference):
            paid = _meant(session, command, provider, (None, reference))
            if paid is not None:
                _disputed(session, command, paid, told, announce)
    return paid is not None


def _meant(
    session: Session, command: Command, provider: str, names: tuple[str | None, str | None]
) -> Payment | None:
    payment_id = payment_called(session, command.merchant_id, *names)
    if payment_id is None:
        return None
    paid = payment(session, command.merchant_id, payment_id)
    # A name that another provider gave means nothing here.
    asked = method(session, command.merchant_id, paid.method_id).provider
    return paid if asked == provider else None


def _paid(
    session: Session, command: Command, paid: Payment, told: Heard, announce: AnnounceOrders
) -> None:
    """An amount other than the one asked for is not taken for the payment: a person has to look."""
    if told.amount is None or told.amount == paid.amount:
        conclude(session, command, paid.id, told.outcome, announce)
        return
    log.error("other_amount", payment=paid.id, told=told.amount, asked=paid.amount)
    detail = {"payment": paid.id, "told": told.amount.label()}
    _note(session, command, paid, ("other_amount", detail), announce)


def _refunded(
    session: Session, command: Command, paid: Payment, total: Money, announce: AnnounceOrders
) -> None:
    """More went back than from here: somebody did it in the provider's own pages."""
    ours = given_back_minor(session, command.merchant_id, paid.id)
    if total.currency == paid.amount.currency and total.amount_minor > ours:
        detail = {"payment": paid.id, "total_minor": total.amount_minor, "from_here_minor": ours}
        _note(session, command, paid, ("refunded_elsewhere", detail), announce)


def _disputed(
    session: Session, command: Command, paid: Payment, told: HeardDispute, announce: AnnounceOrders
) -> None:
    detail = {
        "payment": paid.id,
        "dispute": told.dispute,
        "amount_minor": told.amount.amount_minor,
        "reason": told.reason,
    }
    if _note(session, command, paid, ("disputed", detail), announce) and paid.order_id:
        fact = PaymentDisputed(command.merchant_id, paid.order_id, paid.id, told.reason)
        announce(session, fact)


def _note(
    session: Session,
    command: Command,
    paid: Payment,
    what: tuple[str, Mapping[str, object]],
    announce: AnnounceOrders,
) -> bool:
    """Add it to what happened to the order, unless it stands there already."""
    if paid.order_id is None:
        return False
    kind, detail = what
    order(session, command.merchant_id, paid.order_id, session.lock)
    known = session.one(
        """SELECT 1 FROM order_event WHERE merchant_id = :merchant_id AND order_id = :order
        AND kind = :kind AND detail = :detail""",
        merchant_id=command.merchant_id,
        order=paid.order_id,
        kind=kind,
        detail=msgspec.json.encode(detail).decode(),
    )
    if known is not None:
        return False
    note_event(session, command, paid.order_id, kind, dict(detail))
    announce(session, OrderChanged(command.merchant_id, paid.order_id))
    return True
