"""A payment: one attempt to get the money for a checkout, and what became of it.

Only a provider's answer, or a person who saw the money, moves it on. What was paid stays paid: a
second answer changes nothing, and money for nothing is given back.
"""

from datetime import datetime
from typing import Any, Final, Literal, TypeAlias

import msgspec

from kaiwa.engines.db import Row, Session
from kaiwa.orders.command import Command
from kaiwa.payments import Outcome
from kaiwa.vocabulary.errors import NotFound
from kaiwa.vocabulary.money import Money
from kaiwa.vocabulary.time import from_micros, to_micros

PaymentState: TypeAlias = Literal[
    "started", "needs_buyer", "needs_auth", "pending", "paid", "failed", "abandoned", "unwanted"
]

# `unwanted` was paid, but too late or for nothing: it is given back.
PAYMENT_STEPS: Final[dict[PaymentState, frozenset[PaymentState]]] = {
    "started": frozenset({"needs_buyer", "needs_auth", "pending", "paid", "failed", "unwanted"}),
    "needs_buyer": frozenset(
        {"needs_buyer", "needs_auth", "pending", "paid", "failed", "abandoned", "unwanted"}
    ),
    "needs_auth": frozenset(
        {"needs_buyer", "needs_auth", "pending", "paid", "failed", "abandoned", "unwanted"}
    ),
    "pending": frozenset({"paid", "failed", "abandoned", "unwanted"}),
    "failed": frozenset({"unwanted"}),
    "abandoned": frozenset({"unwanted"}),
    "paid": frozenset(),
    "unwanted": frozenset(),
}


class Payment(msgspec.Struct, frozen=True):
    """One row; `outcome` is the last answer."""

    id: int
    checkout_id: int
    method_id: int
    order_id: int | None
    attempt: int
    key: str
    amount: Money
    state: PaymentState
    instrument: str | None
    reference: str | None
    outcome: Outcome | None
    created_at: datetime


_COLUMNS = (
    "id, checkout_id, payment_method_id, order_id, attempt, key, amount_minor, currency, state,"
    " instrument, reference, detail, created_at"
)


def payment(session: Session, merchant_id: int, payment_id: int, lock: str = "") -> Payment:
    """One payment; `NotFound`."""
    row = session.one(
        f"SELECT {_COLUMNS} FROM payment WHERE merchant_id = :merchant_id AND id = :id{lock}",
        merchant_id=merchant_id,
        id=payment_id,
    )
    if row is None:
        raise NotFound("There is no such payment.")
    return _payment(row)


def payments_of(session: Session, merchant_id: int, order_id: int) -> list[Payment]:
    """The payments of an order, oldest first."""
    rows = session.all(
        f"""SELECT {_COLUMNS} FROM payment
        WHERE merchant_id = :merchant_id AND order_id = :order ORDER BY id""",
        merchant_id=merchant_id,
        order=order_id,
    )
    return [_payment(row) for row in rows]


def last_payment(session: Session, merchant_id: int, checkout_id: int) -> Payment | None:
    """The checkout's newest attempt."""
    row = session.one(
        f"""SELECT {_COLUMNS} FROM payment WHERE merchant_id = :merchant_id
        AND checkout_id = :checkout ORDER BY attempt DESC LIMIT 1""",
        merchant_id=merchant_id,
        checkout=checkout_id,
    )
    return None if row is None else _payment(row)


def payment_called(
    session: Session, merchant_id: int, key: str | None, reference: str | None
) -> int | None:
    """The payment a provider means by our key, or by its own reference."""
    row = session.one(
        """SELECT id FROM payment WHERE merchant_id = :merchant_id
        AND (key = CAST(:key AS text) OR reference = CAST(:reference AS text))
        ORDER BY id DESC LIMIT 1""",
        merchant_id=merchant_id,
        key=key,
        reference=reference,
    )
    return None if row is None else int(row[0])


def step(
    session: Session,
    command: Command,
    found: Payment,
    state: PaymentState,
    outcome: Outcome,
    order_id: int | None = None,
) -> Payment:
    """Record the answer, and the order it made; the payment after it.

    The instrument is forgotten once it can lead to nothing more.
    """
    assert state in PAYMENT_STEPS[found.state], (found.state, state)
    new = msgspec.structs.replace(
        found,
        state=state,
        reference=outcome.reference or found.reference,
        outcome=outcome,
        instrument=None,
        order_id=order_id or found.order_id,
    )
    session.run(
        """UPDATE payment SET state = :state, reference = :reference, detail = :detail,
        instrument = NULL, order_id = CAST(:order AS bigint), updated_at = :now
        WHERE merchant_id = :merchant_id AND id = :id""",
        state=state,
        reference=new.reference,
        detail=msgspec.json.encode(outcome).decode(),
        order=new.order_id,
        now=to_micros(command.at),
        merchant_id=command.merchant_id,
        id=found.id,
    )
    return new


def _payment(row: Row) -> Payment:
    outcome = msgspec.json.decode(row[11], type=Outcome | None)
    values: list[Any] = [*row[:6], Money(row[6], row[7]), *row[8:11], outcome]
    return Payment(*[*values, from_micros(row[12])])
