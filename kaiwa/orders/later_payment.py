"""Paying for an order after it was placed: a difference, what is still open, another way to pay.

A gift card pays in the transaction that asks; every other way is asked for by the queue, as at the
checkout. Until the money is there the order waits for it.
"""

from typing import Literal

import msgspec

from kaiwa.engines.db import Session
from kaiwa.engines.queue import NewJob, enqueue
from kaiwa.orders.command import Command
from kaiwa.orders.fact import AnnounceOrders, OrderChanged, OrderPaid, PaymentFailed
from kaiwa.orders.gift_card import spend
from kaiwa.orders.order import Order, note_event, order
from kaiwa.orders.payment import PAYMENT_STEPS, Payment, PaymentState, payment, payments_of, step
from kaiwa.orders.receiving import receive
from kaiwa.orders.refund import owe
from kaiwa.orders.saved_method import SavedMethod
from kaiwa.payments import Outcome
from kaiwa.vocabulary.errors import Conflict
from kaiwa.vocabulary.money import Money
from kaiwa.vocabulary.time import to_micros

UNDER_WAY: tuple[PaymentState, ...] = ("started", "needs_buyer", "needs_auth")


class Later(msgspec.Struct, frozen=True):
    """What to pay and how; `replaces_id` is the payment that goes back once this one is there."""

    amount: Money
    way: SavedMethod
    replaces_id: int | None = None


def pay_later(
    session: Session, command: Command, found: Order, later: Later, announce: AnnounceOrders
) -> None:
    """Ask for the money. `Conflict` when a payment is under way, or the gift card has too little.

    Order held. What another system sold is paid there.
    """
    before = payments_of(session, command.merchant_id, found.id)
    if found.pays == "elsewhere" or not before:
        raise Conflict("This order is paid where it was placed: ask there.", action="ask")
    if any(one.state in UNDER_WAY for one in before):
        raise Conflict("A payment for this order is under way. Wait for it.", action="wait")
    checkout_id = before[0].checkout_id
    row = session.one(
        """INSERT INTO payment (merchant_id, checkout_id, payment_method_id, order_id, attempt,
        key, amount_minor, currency, state, instrument, detail, created_at, updated_at,
        saved_method_id, replaces_id)
        SELECT :merchant_id, :checkout, :method, :order, max(attempt) + 1,
        :key || CAST(max(attempt) + 1 AS text), :amount, :currency, 'started',
        CAST(:instrument AS text), 'null', :now, :now, :saved, CAST(:replaces AS bigint)
        FROM payment WHERE merchant_id = :merchant_id AND checkout_id = :checkout RETURNING id""",
        merchant_id=command.merchant_id,
        checkout=checkout_id,
        method=later.way.method_id,
        order=found.id,
        key=f"{found.key}-",
        amount=later.amount.amount_minor,
        currency=later.amount.currency,
        instrument=later.way.instrument,
        now=to_micros(command.at),
        saved=later.way.id,
        replaces=later.replaces_id,
    )
    assert row is not None
    if later.way.gift_card_id is None:
        place = f"{command.merchant_id} {row[0]}"
        enqueue(session, NewJob("orders", "settle", place, key=f"settle:{row[0]}"), command.at)
        return
    source = f"payment:{row[0]}"
    spend(session, command, later.way.gift_card_id, later.amount, source)
    paid = payment(session, command.merchant_id, int(row[0]))
    conclude_later(session, command, paid, Outcome("paid", source), announce)


def conclude_later(
    session: Session, command: Command, paid: Payment, outcome: Outcome, announce: AnnounceOrders
) -> None:
    """Record an answer to `pay_later`; the same again, or a late one, has no second effect."""
    assert paid.order_id is not None
    to: dict[str, PaymentState] = {
        "paid": "paid", "pending": "pending", "failed": "failed",
        "needs_buyer": "needs_buyer", "needs_auth": "needs_auth",
    }  # fmt: skip
    state = to.get(outcome.state)
    if state is None or state not in PAYMENT_STEPS[paid.state]:
        return
    found = order(session, command.merchant_id, paid.order_id, session.lock)
    if state == "paid" and not _wanted(session, command, found, paid):
        step(session, command, paid, "unwanted", outcome)
        owe(session, command, (paid.id, None), paid.amount, "late")
        return
    after = step(session, command, paid, state, outcome)
    if state == "paid":
        _received(session, command, after, announce)
    elif state == "failed":
        detail = {"payment": paid.id, "reason": outcome.reason}
        note_event(session, command, found.id, "payment_failed", detail)
        announce(session, PaymentFailed(command.merchant_id, paid.checkout_id, outcome.reason))
    announce(session, OrderChanged(command.merchant_id, found.id))


def _wanted(session: Session, command: Command, found: Order, paid: Payment) -> bool:
    if found.cancelled_at is not None:
        return False
    if paid.replaces_id is None:
        return True
    old = payment(session, command.merchant_id, paid.replaces_id)
    return old.state in ("paid", "pending")


def _received(session: Session, command: Command, paid: Payment, announce: AnnounceOrders) -> None:
    assert paid.order_id is not None
    if paid.replaces_id is None:
        receive(session, command, paid, announce)
    else:
        _let_go(session, command, paid.replaces_id)
        receive(session, command, paid, announce, "payment_changed")
    found = order(session, command.merchant_id, paid.order_id)
    if found.state != "awaiting_payment":
        announce(session, OrderPaid(command.merchant_id, found.id))


def _let_go(session: Session, command: Command, payment_id: int) -> None:
    """What was still to come by the old way is not waited for any more."""
    old = payment(session, command.merchant_id, payment_id, session.lock)
    unpaid: Literal["abandoned"] = "abandoned"
    if old.state == "pending":
        step(session, command, old, unpaid, old.outcome or Outcome("pending"))
