"""Money to give back: owed in the transaction that decides it, paid back between transactions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, Literal, TypeAlias

import msgspec

from kaiwa.engines.db import Row, Session
from kaiwa.engines.queue import NewJob, enqueue
from kaiwa.orders.command import Command
from kaiwa.orders.fact import AnnounceOrders, OrderChanged
from kaiwa.payments import GivenBack
from kaiwa.vocabulary.errors import Conflict, NotFound
from kaiwa.vocabulary.money import Money
from kaiwa.vocabulary.time import from_micros, to_micros

RefundState: TypeAlias = Literal["owed", "pending", "by_hand", "completed", "failed"]

_STEPS: Final[dict[RefundState, frozenset[RefundState]]] = {
    "owed": frozenset({"pending", "by_hand", "completed", "failed"}),
    "pending": frozenset({"completed", "failed"}),
    "by_hand": frozenset({"completed", "failed"}),
    "failed": frozenset({"completed"}),
    # A bank may send back what had been paid out.
    "completed": frozenset({"failed"}),
}
# Of the ones that are over, only a person may say that one was paid after all: an old word from
# the provider might come late.
_TOLD: Final = _STEPS | {"failed": frozenset()}


class Refund(msgspec.Struct, frozen=True):
    """One row. `by_hand` waits for a person to pay it and to say so."""

    id: int
    payment_id: int
    adjustment_id: int | None
    key: str
    amount: Money
    state: RefundState
    reference: str | None
    reason: str
    created_at: datetime


_COLUMNS = (
    "id, payment_id, adjustment_id, key, amount_minor, currency, state, reference, reason,"
    " created_at"
)


def owe(
    session: Session, command: Command, for_what: tuple[int, int | None], amount: Money, reason: str
) -> int:
    """Owe the amount from a payment, for an adjustment or none; a job pays it back. Its id."""
    payment_id, adjustment_id = for_what
    row = session.one(
        """INSERT INTO refund (merchant_id, payment_id, adjustment_id, key, amount_minor, currency,
        state, reason, created_at, updated_at)
        SELECT :merchant_id, p.id, CAST(:adjustment AS bigint),
        p.key || CAST(:suffix AS text), :amount, :currency,
        'owed', :reason, :now, :now FROM payment p
        WHERE p.merchant_id = :merchant_id AND p.id = :payment RETURNING id""",
        merchant_id=command.merchant_id,
        payment=payment_id,
        adjustment=adjustment_id,
        # The payment's key is nobody else's, however many shops share the provider's account.
        suffix=f"-back-{adjustment_id or 0}",
        amount=amount.amount_minor,
        currency=amount.currency,
        reason=reason,
        now=to_micros(command.at),
    )
    assert row is not None
    place = f"{command.merchant_id} {row[0]}"
    enqueue(session, NewJob("orders", "give_back", place, key=f"refund:{row[0]}"), command.at)
    return int(row[0])


def refund(session: Session, merchant_id: int, refund_id: int, lock: str = "") -> Refund:
    """One refund; `NotFound`."""
    row = session.one(
        f"SELECT {_COLUMNS} FROM refund WHERE merchant_id = :merchant_id AND id = :id{lock}",
        merchant_id=merchant_id,
        id=refund_id,
    )
    if row is None:
        raise NotFound("There is no such refund.")
    return _refund(row)


def refunds_of(session: Session, merchant_id: int, order_id: int) -> Sequence[Refund]:
    """The refunds of an order, oldest first."""
    rows = session.all(
        """SELECT r.id, r.payment_id, r.adjustment_id, r.key, r.amount_minor, r.currency, r.state,
        r.reference, r.reason, r.created_at FROM refund r
        JOIN payment p ON p.id = r.payment_id AND p.merchant_id = r.merchant_id
        WHERE r.merchant_id = :merchant_id AND p.order_id = :order ORDER BY r.id""",
        merchant_id=merchant_id,
        order=order_id,
    )
    return [_refund(row) for row in rows]


def refund_called(session: Session, merchant_id: int, key: str) -> int | None:
    """The refund with this key of ours."""
    row = session.one(
        "SELECT id FROM refund WHERE merchant_id = :merchant_id AND key = :key",
        merchant_id=merchant_id,
        key=key,
    )
    return None if row is None else int(row[0])


def given_back_minor(session: Session, merchant_id: int, payment_id: int) -> int:
    """How much of a payment goes back from here, done or under way."""
    row = session.one(
        """SELECT COALESCE(sum(amount_minor), 0) FROM refund WHERE merchant_id = :merchant_id
        AND payment_id = :payment AND state <> 'failed'""",
        merchant_id=merchant_id,
        payment=payment_id,
    )
    return 0 if row is None else int(row[0])


def refund_told(
    session: Session, command: Command, refund_id: int, done: GivenBack, announce: AnnounceOrders
) -> None:
    """Record what a provider told by itself; what comes too late for that changes nothing."""
    found = refund(session, command.merchant_id, refund_id, session.lock)
    if done.state in _TOLD[found.state]:
        refund_settled(session, command, refund_id, done, announce)


def refund_settled(
    session: Session, command: Command, refund_id: int, done: GivenBack, announce: AnnounceOrders
) -> Refund:
    """Record a provider's answer or a person's word; the same again changes nothing."""
    found = refund(session, command.merchant_id, refund_id, session.lock)
    if done.state == found.state:
        return found
    if done.state not in _STEPS[found.state]:
        raise Conflict(f"This refund is {found.state}.", state=found.state)
    session.run(
        """UPDATE refund SET state = :state, reference = COALESCE(:reference, reference),
        updated_at = :now WHERE merchant_id = :merchant_id AND id = :id""",
        state=done.state,
        reference=done.reference,
        now=to_micros(command.at),
        merchant_id=command.merchant_id,
        id=refund_id,
    )
    if found.adjustment_id is not None:
        order_id = _tell_adjustment(session, command, found, done)
        announce(session, OrderChanged(command.merchant_id, order_id))
    return refund(session, command.merchant_id, refund_id)


def _tell_adjustment(session: Session, command: Command, found: Refund, done: GivenBack) -> int:
    amount, was = found.amount, found.state
    state = done.state if done.state in ("completed", "failed") else "pending"
    row = session.one(
        """UPDATE adjustment SET state = :state
        WHERE merchant_id = :merchant_id AND id = :id RETURNING order_id""",
        state=state,
        merchant_id=command.merchant_id,
        id=found.adjustment_id,
    )
    assert row is not None
    if state == "completed" or was == "completed":
        session.run(
            """UPDATE shop_order SET refunded_minor = refunded_minor + :amount,
            version = version + 1 WHERE merchant_id = :merchant_id AND id = :id""",
            amount=amount.amount_minor if state == "completed" else -amount.amount_minor,
            merchant_id=command.merchant_id,
            id=row[0],
        )
    return int(row[0])


def _refund(row: Row) -> Refund:
    values: list[Any] = [*row[:4], Money(row[4], row[5]), *row[6:9], from_micros(row[9])]
    return Refund(*values)
