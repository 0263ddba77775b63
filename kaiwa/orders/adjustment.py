"""An adjustment: what changed of an order's money after it was placed, signed, with its tax.

The order's own lines and totals stay as they were agreed. The newest adjustment carries the bill
as it stands, and what was paid too much is owed back.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, TypeAlias

import msgspec

from kaiwa.engines.db import Row, Session
from kaiwa.orders.command import Command
from kaiwa.orders.fact import AnnounceOrders, OrderChanged
from kaiwa.orders.order import Order, note_event
from kaiwa.orders.payment import payments_of
from kaiwa.orders.refund import given_back_minor, owe, refunds_of
from kaiwa.orders.totals import Bill, Totals, difference, total_up
from kaiwa.vocabulary.money import Money
from kaiwa.vocabulary.time import from_micros, to_micros

AdjustmentKind: TypeAlias = Literal["cancel", "change", "return", "refund"]
AdjustmentState: TypeAlias = Literal["pending", "completed", "failed"]


class Change(msgspec.Struct, frozen=True):
    """Why an order's bill becomes another: `lines` say how many fewer of each part.

    What is paid too much goes to the gift card `refund_to`, else back to what it was paid with.
    """

    kind: AdjustmentKind
    reason: str
    bill: Bill
    lines: dict[str, int] = {}
    refund_to: int | None = None


class Adjustment(msgspec.Struct, frozen=True):
    """One row: `totals` is the signed difference, `refund_minor` what goes back for it."""

    id: int
    kind: AdjustmentKind
    reason: str
    lines: dict[str, int]
    totals: Totals
    refund_minor: int
    state: AdjustmentState
    at: datetime


_COLUMNS = "id, kind, reason, lines, refund_minor, state, at, total_minor, totals, bill"


def adjust(
    session: Session, command: Command, order: Order, change: Change, announce: AnnounceOrders
) -> int:
    """Make the change the order's bill; its id. Owes back what is paid too much. Order held."""
    after = total_up(change.bill)
    refund_minor = too_much_minor(session, command.merchant_id, order, after.total_minor)
    row = session.one(
        """INSERT INTO adjustment (merchant_id, order_id, kind, reason, lines, bill, totals,
        total_minor, refund_minor, state, principal, at)
        VALUES (:merchant_id, :order, :kind, :reason, :lines, :bill, :totals, :total, :refund,
        :state, :principal, :at) RETURNING id""",
        merchant_id=command.merchant_id,
        order=order.id,
        kind=change.kind,
        reason=change.reason,
        lines=msgspec.json.encode(change.lines).decode(),
        bill=msgspec.json.encode(change.bill).decode(),
        totals=msgspec.json.encode(after).decode(),
        total=after.total_minor - order.totals.total_minor,
        refund=refund_minor,
        state="pending" if refund_minor else "completed",
        principal=command.principal,
        at=to_micros(command.at),
    )
    assert row is not None
    if refund_minor:
        _owe_back(session, command, order, (int(row[0]), refund_minor, change))
    detail = {"adjustment": row[0], "reason": change.reason}
    note_event(session, command, order.id, change.kind, detail)
    announce(session, OrderChanged(command.merchant_id, order.id))
    return int(row[0])


def adjustments(session: Session, merchant_id: int, order: Order) -> list[Adjustment]:
    """The order's adjustments, oldest first; each with its own signed entries."""
    rows = session.all(
        f"""SELECT {_COLUMNS} FROM adjustment
        WHERE merchant_id = :merchant_id AND order_id = :order ORDER BY id""",
        merchant_id=merchant_id,
        order=order.id,
    )
    found = []
    before = order.original_totals
    for row in rows:
        after = msgspec.json.decode(row[8], type=Totals)
        found.append(_adjustment(row, difference(after, before)))
        before = after
    return found


def fewer(order: Order, lines: Mapping[str, int]) -> dict[str, int]:
    """How many are left of the parts when `lines` are given up."""
    return {part: order.left(part) - count for part, count in lines.items()}


def _owe_back(
    session: Session, command: Command, order: Order, what: tuple[int, int, Change]
) -> None:
    """Back to the payments it came from, the oldest first: each at most what is left of it."""
    adjustment_id, left, change = what
    for paid in payments_of(session, command.merchant_id, order.id):
        if paid.state != "paid" or not left:
            continue
        rest = paid.amount.amount_minor - given_back_minor(session, command.merchant_id, paid.id)
        part = Money(min(left, rest), order.currency)
        if part.amount_minor > 0:
            place = (paid.id, adjustment_id)
            owe(session, command, place, part, change.reason, change.refund_to)
            left -= part.amount_minor
    assert not left, "more would go back than was paid"


def too_much_minor(session: Session, merchant_id: int, order: Order, total_minor: int) -> int:
    """What was paid and does not go back yet, over and above this total. Order held."""
    back = sum(
        one.amount.amount_minor
        for one in refunds_of(session, merchant_id, order.id)
        if one.state != "failed" and one.adjustment_id is not None
    )
    return max(0, order.paid_minor - back - total_minor)


def _adjustment(row: Row, totals: Totals) -> Adjustment:
    lines = msgspec.json.decode(row[3], type=dict[str, int])
    values: list[Any] = [*row[:3], lines, totals, *row[4:6], from_micros(row[6])]
    return Adjustment(*values)
