"""A return: asked for, decided, taken in, and then its money goes back."""

from datetime import datetime, timedelta
from typing import Any, Final, Literal, TypeAlias

import msgspec

from kaiwa.catalog.stock import release
from kaiwa.engines.db import Row, Session
from kaiwa.orders.adjustment import Change, adjust, fewer
from kaiwa.orders.allowed import require_allowed
from kaiwa.orders.cancellation import put_back
from kaiwa.orders.command import Command, once, require_version
from kaiwa.orders.fact import AnnounceOrders, ReturnMoved
from kaiwa.orders.holding import SPARE
from kaiwa.orders.order import Order, order
from kaiwa.orders.own import held_order
from kaiwa.orders.payment import payments_of
from kaiwa.orders.replacing import Swap, hold, swap
from kaiwa.orders.saved_method import method_for
from kaiwa.orders.shipment import shipments_of
from kaiwa.orders.terms import terms
from kaiwa.orders.totals import with_quantities
from kaiwa.vocabulary.errors import Conflict, Invalid, NotFound
from kaiwa.vocabulary.time import from_micros, to_micros

ReturnState: TypeAlias = Literal["requested", "approved", "received", "rejected", "withdrawn"]

RETURN_STEPS: Final[dict[ReturnState, frozenset[ReturnState]]] = {
    "requested": frozenset({"approved", "rejected", "withdrawn"}),
    "approved": frozenset({"received", "rejected", "withdrawn"}),
    "received": frozenset(),
    "rejected": frozenset(),
    "withdrawn": frozenset(),
}


class AskReturn(msgspec.Struct, frozen=True):
    """Send back so many of the order's parts.

    The money goes back to what was paid with, or to a gift card of the buyer's (`saved_method_id`).
    """

    order_id: int
    lines: dict[str, int]
    reason: str
    saved_method_id: int | None = None


class DecideReturn(msgspec.Struct, frozen=True):
    """Take a return one step on. `restock` puts what came back on the shelf."""

    return_id: int
    to: ReturnState
    restock: bool = True


class ReturnRequest(msgspec.Struct, frozen=True):
    """One row; the adjustment is there once the goods are. `wants` is what is sent for them."""

    id: int
    order_id: int
    state: ReturnState
    reason: str
    lines: dict[str, int]
    version: int
    adjustment_id: int | None
    created_at: datetime
    wants: tuple[Swap, ...] = ()
    saved_method_id: int | None = None


_COLUMNS = (
    "id, order_id, state, reason, lines, version, adjustment_id, created_at, wants, saved_method_id"
)


def ask_return(
    session: Session, command: Command, request: AskReturn, announce: AnnounceOrders
) -> ReturnRequest:
    """Ask to send something back; `Conflict` when it is too late, or was asked for already."""

    def effect() -> ReturnRequest:
        found = held_order(session, command, request.order_id)
        require_allowed(found, "ask_return")
        require_returnable(session, command, found, request.lines)
        _goes_back(session, command, found, request.saved_method_id)
        return insert_return(session, command, request, (), announce)

    return once(session, command, request, ReturnRequest, effect)


def require_returnable(
    session: Session, command: Command, found: Order, lines: dict[str, int]
) -> None:
    """`Conflict` or `Invalid` unless so much of it can be sent back now."""
    _in_time(session, command, found)
    _enough(session, command, found, lines)


def insert_return(
    session: Session,
    command: Command,
    request: AskReturn,
    wants: tuple[Swap, ...],
    announce: AnnounceOrders,
) -> ReturnRequest:
    """Write a return that was found possible. Order held."""
    row = session.one(
        """INSERT INTO return_request (merchant_id, order_id, state, reason, lines, version,
        created_at, updated_at, wants, saved_method_id) VALUES (:merchant_id, :order, 'requested',
        :reason, :lines, 1, :now, :now, :wants, :saved) RETURNING id""",
        merchant_id=command.merchant_id,
        order=request.order_id,
        reason=request.reason,
        lines=msgspec.json.encode(request.lines).decode(),
        now=to_micros(command.at),
        wants=msgspec.json.encode(wants).decode(),
        saved=request.saved_method_id,
    )
    assert row is not None
    announce(session, ReturnMoved(command.merchant_id, request.order_id, row[0], "requested"))
    return return_request(session, command.merchant_id, int(row[0]))


def exchange_holder(return_id: int) -> str:
    """Under which name what is wanted instead is held."""
    return f"exchange:{return_id}"


def decide_return(
    session: Session, command: Command, request: DecideReturn, announce: AnnounceOrders
) -> ReturnRequest:
    """Take it on. Once it is received, the order is adjusted and the money is owed back."""

    def effect() -> ReturnRequest:
        order_id = return_request(session, command.merchant_id, request.return_id).order_id
        found = order(session, command.merchant_id, order_id, session.lock)
        asked = return_request(session, command.merchant_id, request.return_id)
        require_version(command, asked.version)
        if request.to not in RETURN_STEPS[asked.state]:
            raise Conflict(f"This return is {asked.state}.", state=asked.state)
        adjustment_id = None
        if request.to == "received":
            if request.restock:
                put_back(session, command, found, asked.lines)
            adjustment_id = _settle(session, command, found, asked, announce)
        elif request.to != "approved" and asked.wants:
            release(session, command.merchant_id, exchange_holder(asked.id))
        session.run(
            """UPDATE return_request SET state = :state, version = version + 1, updated_at = :now,
            adjustment_id = :adjustment WHERE merchant_id = :merchant_id AND id = :id""",
            state=request.to,
            now=to_micros(command.at),
            adjustment=adjustment_id,
            merchant_id=command.merchant_id,
            id=asked.id,
        )
        announce(session, ReturnMoved(command.merchant_id, order_id, asked.id, request.to))
        return return_request(session, command.merchant_id, asked.id)

    return once(session, command, request, ReturnRequest, effect)


def may_be_returned(session: Session, command: Command, found: Order) -> bool:
    """Whether something of the order could be asked to be sent back now."""
    try:
        require_allowed(found, "ask_return")
        _in_time(session, command, found)
    except Conflict:
        return False
    return True


def return_request(session: Session, merchant_id: int, return_id: int) -> ReturnRequest:
    """One return; `NotFound`."""
    row = session.one(
        f"SELECT {_COLUMNS} FROM return_request WHERE merchant_id = :merchant_id AND id = :id",
        merchant_id=merchant_id,
        id=return_id,
    )
    if row is None:
        raise NotFound("There is no such return.")
    return _return(row)


def returns_of(session: Session, merchant_id: int, order_id: int) -> list[ReturnRequest]:
    """The order's returns, oldest first."""
    rows = session.all(
        f"""SELECT {_COLUMNS} FROM return_request
        WHERE merchant_id = :merchant_id AND order_id = :order ORDER BY id""",
        merchant_id=merchant_id,
        order=order_id,
    )
    return [_return(row) for row in rows]


def _settle(
    session: Session,
    command: Command,
    found: Order,
    asked: ReturnRequest,
    announce: AnnounceOrders,
) -> int:
    way = None
    if asked.saved_method_id is not None:
        way = method_for(session, command.merchant_id, found, asked.saved_method_id)
    if asked.wants and way is not None:
        holder = exchange_holder(asked.id)
        hold(session, command, list(asked.wants), (holder, SPARE))
        how = (list(asked.wants), way, asked.reason, holder)
        return swap(session, command, found, how, announce)
    bill = with_quantities(found.bill, fewer(found, asked.lines))
    card = way.gift_card_id if way is not None else None
    change = Change("return", asked.reason, bill, asked.lines, refund_to=card)
    return adjust(session, command, found, change, announce)


def _goes_back(session: Session, command: Command, found: Order, saved_id: int | None) -> None:
    if saved_id is None:
        return
    way = method_for(session, command.merchant_id, found, saved_id)
    paid = payments_of(session, command.merchant_id, found.id)
    used = {one.saved_method_id for one in paid} | {
        saved_id for one in paid if one.saved_method_id is None and one.method_id == way.method_id
    }
    if way.gift_card_id is None and saved_id not in used:
        message = "The money goes back to what was paid with, or to a gift card."
        raise Invalid(message, field="saved_method_id")


def _in_time(session: Session, command: Command, found: Order) -> None:
    agreed = terms(session, command.merchant_id)
    if agreed.return_delivered_only and found.state != "delivered":
        raise Conflict("A return can be asked for once everything has arrived.", reason="too_early")
    days = agreed.return_days
    if not days:
        raise Conflict("This shop takes nothing back.", reason="no_returns")
    arrived = [
        one.state_at
        for one in shipments_of(session, command.merchant_id, found.id)
        if one.state == "delivered"
    ]
    if arrived and command.at > max(arrived) + timedelta(days=days):
        raise Conflict(f"A return can be asked for within {days} days.", reason="too_late")


def _enough(session: Session, command: Command, found: Order, lines: dict[str, int]) -> None:
    if not lines or min(lines.values()) < 1:
        raise Invalid("Say what is to be sent back, and how many.", field="lines")
    asked: dict[str, int] = {}
    for one in returns_of(session, command.merchant_id, found.id):
        if one.state in ("requested", "approved"):
            for part, count in one.lines.items():
                asked[part] = asked.get(part, 0) + count
    for part, count in lines.items():
        if count > found.left(part) - asked.get(part, 0):
            raise Conflict("There is not that much of it to send back.", reason="quantity")


def _return(row: Row) -> ReturnRequest:
    lines = msgspec.json.decode(row[4], type=dict[str, int])
    wants = msgspec.json.decode(row[8], type=tuple[Swap, ...])
    values: list[Any] = [*row[:4], lines, *row[5:7], from_micros(row[7]), wants, row[9]]
    return ReturnRequest(*values)
