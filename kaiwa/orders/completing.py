"""Completing a checkout: `complete` begins the payment, `conclude` records what became of it.

Between the two nobody but the provider knows, and nothing else may be done with the checkout. The
same answer twice, a late one, or one that contradicts what was decided, never has a second effect.
"""

from datetime import datetime, timedelta
from typing import Final, Literal

import msgspec

from kaiwa.engines.db import Session
from kaiwa.engines.queue import NewJob, enqueue
from kaiwa.orders.cancellation import cancel_now
from kaiwa.orders.cart_record import CartRow, cart_of_payment
from kaiwa.orders.checkout import (
    CheckoutView,
    drop_payment,
    held,
    plan_expiry,
    requoted,
    view,
)
from kaiwa.orders.checkout_record import Body, Checkout, checkout_row, move
from kaiwa.orders.command import Command, once
from kaiwa.orders.fact import AnnounceOrders, OrderPaid, PaymentFailed
from kaiwa.orders.holding import hold_until
from kaiwa.orders.kept_here import paid_here
from kaiwa.orders.later_payment import conclude_later
from kaiwa.orders.notice import Notice
from kaiwa.orders.order import order
from kaiwa.orders.payment import PAYMENT_STEPS, Payment, PaymentState, payment, step
from kaiwa.orders.placing import place, stock_is_held
from kaiwa.orders.quoting import quoted
from kaiwa.orders.receiving import receive
from kaiwa.orders.redemption import Redeemer, give_back, redeem
from kaiwa.orders.refund import owe
from kaiwa.payments import Outcome
from kaiwa.vocabulary.time import to_micros

# How long a payment may be under way before it counts as failed.
LONGEST: Final = timedelta(hours=24)


class CompleteCheckout(msgspec.Struct, frozen=True):
    """Buy. `instrument` is the provider's token where the way to pay needs one.

    `wait_s` is for a caller who calls the provider itself: the queue steps in after that.
    """

    checkout_id: int
    instrument: str | None = None
    wait_s: float = 0.0


def complete(
    session: Session, command: Command, request: CompleteCheckout, announce: AnnounceOrders
) -> CheckoutView:
    """Begin to pay: the checkout is `completing`, and a job sees it through.

    When anything differs from what was shown, it is not begun: the checkout comes back with the
    differences and the new totals. Nothing to pay makes the order at once.
    """

    def effect() -> CheckoutView:
        cart, found = held(session, command, request.checkout_id, paying=True)
        if found.state == "completing":
            return view(found)
        if found.state in ("needs_buyer", "needs_auth"):
            drop_payment(session, command, found)
        quote = quoted(session, command, cart, found)
        if found.state == "open" or quote.body.missing or _differs(found.body, quote.body):
            return requoted(session, command, cart, found)
        who = Redeemer(found.id, found.customer_id, found.body.buyer.email or None)
        if redeem(session, command, quote.coupons, who):
            give_back(session, command.merchant_id, found.id)
            return requoted(session, command, cart, found)
        found = move(session, command, found, "completing", quote.body)
        if not found.totals.total_minor:
            place(session, command, found, (None, True), announce)
            return view(checkout_row(session, command.merchant_id, found.id))
        payment_id = _start(session, command, found, request)
        # Without a code there is no gift card to pay with, and nothing to look up.
        outcome = paid_here(session, command, payment_id) if request.instrument else None
        if outcome is None:
            return view(found)
        conclude(session, command, payment_id, outcome, announce)
        return view(checkout_row(session, command.merchant_id, found.id))

    return once(session, command, request, CheckoutView, effect)


def conclude(
    session: Session,
    command: Command,
    payment_id: int,
    outcome: Outcome,
    announce: AnnounceOrders,
) -> Payment:
    """Record a provider's answer, or a person's. Whatever came before decides what it means."""
    cart = cart_of_payment(session, command.merchant_id, payment_id)
    paid = payment(session, command.merchant_id, payment_id, session.lock)
    if paid.saved_method_id is not None:
        conclude_later(session, command, paid, outcome, announce)
        return payment(session, command.merchant_id, payment_id)
    found = checkout_row(session, command.merchant_id, paid.checkout_id, session.lock)
    match outcome.state:
        case "paid" | "pending":
            return _answered(session, command, (cart, found, paid), outcome, announce)
        case "needs_buyer" | "needs_auth":
            return _sent_away(session, command, found, paid, outcome)
        case "failed":
            return _failed(session, command, (cart, found, paid), outcome, announce)
        case "not_seen":
            return paid


def _differs(shown: Body, now: Body) -> bool:
    return (shown.bill, shown.lines, shown.rate_id, shown.delivery, shown.method_id) != (
        now.bill,
        now.lines,
        now.rate_id,
        now.delivery,
        now.method_id,
    )


def _start(session: Session, command: Command, found: Checkout, request: CompleteCheckout) -> int:
    totals = found.totals
    row = session.one(
        """INSERT INTO payment (merchant_id, checkout_id, payment_method_id, attempt, key,
        amount_minor, currency, state, instrument, detail, created_at, updated_at)
        SELECT :merchant_id, :checkout, :method, COALESCE(max(attempt), 0) + 1,
        CAST(:stem AS text) || (COALESCE(max(attempt), 0) + 1), :amount, :currency, 'started',
        CAST(:instrument AS text), 'null', :now, :now FROM payment
        WHERE merchant_id = :merchant_id AND checkout_id = :checkout RETURNING id""",
        merchant_id=command.merchant_id,
        checkout=found.id,
        method=found.body.method_id,
        stem=f"{found.key}-",
        amount=totals.total_minor,
        currency=totals.currency,
        instrument=request.instrument,
        now=to_micros(command.at),
    )
    assert row is not None
    due = command.at + timedelta(seconds=request.wait_s) if request.wait_s else None
    job = NewJob(
        "orders", "settle", f"{command.merchant_id} {row[0]}", key=f"settle:{row[0]}", due_at=due
    )
    enqueue(session, job, command.at)
    return int(row[0])


def _answered(
    session: Session,
    command: Command,
    what: tuple[CartRow, Checkout, Payment],
    outcome: Outcome,
    announce: AnnounceOrders,
) -> Payment:
    """The money is there, or will come: the order stands, unless it is too late for that."""
    cart, found, paid = what
    to: PaymentState = "paid" if outcome.state == "paid" else "pending"
    if paid.state == "pending" and to == "paid" and paid.order_id is not None:
        order(session, command.merchant_id, paid.order_id, session.lock)
        after = step(session, command, paid, "paid", outcome)
        receive(session, command, after, announce)
        announce(session, OrderPaid(command.merchant_id, paid.order_id))
        return after
    waited = paid.state in ("started", "needs_buyer", "needs_auth") and found.state in (
        "completing",
        "needs_buyer",
        "needs_auth",
    )
    if waited and stock_is_held(session, command, found):
        if found.state != "completing":
            found = move(session, command, found, "completing")
        order_id = place(session, command, found, (paid, to == "paid"), announce)
        return step(session, command, paid, to, outcome, order_id)
    if to == "paid" and "unwanted" in PAYMENT_STEPS[paid.state] and paid.state != "pending":
        paid = step(session, command, paid, "unwanted", outcome)
        owe(session, command, (paid.id, None), paid.amount, "late")
        if waited:
            _back(session, command, (cart, found), Notice("payment_failed", "sold_out"))
    return paid


def _sent_away(
    session: Session, command: Command, found: Checkout, paid: Payment, outcome: Outcome
) -> Payment:
    to: Literal["needs_auth", "needs_buyer"] = (
        "needs_auth" if outcome.state == "needs_auth" else "needs_buyer"
    )
    if to not in PAYMENT_STEPS[paid.state] or found.state not in (
        "completing",
        "needs_buyer",
        "needs_auth",
    ):
        return paid
    paid = step(session, command, paid, to, outcome)
    if found.state != "completing":
        found = move(session, command, found, "completing")
    body = msgspec.structs.replace(found.body, pay_url=outcome.url)
    moved = move(session, command, found, to, body)
    until = max(filter(None, (found.expires_at, outcome.expires_at)))
    _live_until(session, command, moved, until)
    return paid


def _failed(
    session: Session,
    command: Command,
    what: tuple[CartRow, Checkout, Payment],
    outcome: Outcome,
    announce: AnnounceOrders,
) -> Payment:
    cart, found, paid = what
    if "failed" not in PAYMENT_STEPS[paid.state]:
        return paid
    failed = step(session, command, paid, "failed", outcome)
    if paid.state == "pending" and paid.order_id is not None:
        cancel_now(session, command, paid.order_id, "payment_failed", announce)
    else:
        give_back(session, command.merchant_id, found.id)
        _back(session, command, (cart, found), Notice("payment_failed", outcome.reason))
    announce(session, PaymentFailed(command.merchant_id, found.id, outcome.reason))
    return failed


def _back(
    session: Session, command: Command, what: tuple[CartRow, Checkout], notice: Notice
) -> None:
    """To be tried again: quoted anew, and ending when its time was over anyway."""
    cart, found = what
    again = requoted(session, command, cart, found).checkout
    body = msgspec.structs.replace(again.body, notices=(notice, *again.body.notices))
    _live_until(
        session, command, move(session, command, again, again.state, body), found.expires_at
    )


def _live_until(session: Session, command: Command, found: Checkout, until: datetime) -> None:
    if until > found.expires_at:
        hold_until(session, command, found, until)
    session.run(
        """UPDATE checkout SET expires_at = :until
        WHERE merchant_id = :merchant_id AND id = :id""",
        until=to_micros(until),
        merchant_id=command.merchant_id,
        id=found.id,
    )
    plan_expiry(session, command, msgspec.structs.replace(found, expires_at=until))
