"""A shipment: a parcel of an order, and the news of it. News is only added, never changed.

The newest news by the carrier's clock is the state; what was delivered stays delivered unless the
carrier says that it came back.
"""

from datetime import datetime
from typing import Any, Final

import msgspec

from kaiwa.carriers import ShipmentState, carrier
from kaiwa.engines.db import Row, Session
from kaiwa.orders.allowed import require_allowed
from kaiwa.orders.command import Command, once, require_version
from kaiwa.orders.fact import AnnounceOrders, ShipmentMoved
from kaiwa.orders.order import Order, note_event, order
from kaiwa.vocabulary.errors import Conflict, Invalid, NotFound
from kaiwa.vocabulary.time import from_micros, to_micros

_AFTER_DELIVERY: Final[frozenset[ShipmentState]] = frozenset({"delivered", "sent_back"})


class ShipOrder(msgspec.Struct, frozen=True):
    """Hand it to a carrier. No `lines` means all that is left to send."""

    order_id: int
    carrier: str = "generic"
    tracking_number: str | None = None
    lines: dict[str, int] | None = None


class ParcelNews(msgspec.Struct, frozen=True):
    """What is known of a parcel from a moment on, in the carrier's words if there are any."""

    shipment_id: int
    state: ShipmentState
    occurred_at: datetime
    words: str = ""


class Shipment(msgspec.Struct, frozen=True):
    """One parcel."""

    id: int
    order_id: int
    carrier: str
    tracking_number: str | None
    lines: dict[str, int]
    state: ShipmentState
    state_at: datetime

    @property
    def link(self) -> str | None:
        """The carrier's page about it."""
        if self.tracking_number is None:
            return None
        return carrier(self.carrier).link(self.tracking_number)


_COLUMNS = "id, order_id, carrier, tracking_number, lines, state, state_at"


def ship_order(
    session: Session, command: Command, request: ShipOrder, announce: AnnounceOrders
) -> Shipment:
    """Send a parcel. `Conflict` when the order may not be sent, or not that many of it."""

    def effect() -> Shipment:
        found = order(session, command.merchant_id, request.order_id, session.lock)
        require_version(command, found.version)
        require_allowed(found, "ship")
        kind = carrier(request.carrier)
        number = kind.number(request.tracking_number) if request.tracking_number else None
        lines = _to_send(found, request.lines)
        shipment_id = insert_shipment(session, command, found.id, (kind.kind, number), lines)
        note_event(session, command, found.id, "shipped", {"shipment": shipment_id})
        announce(session, ShipmentMoved(command.merchant_id, found.id, shipment_id, "shipped"))
        return shipment(session, command.merchant_id, shipment_id)

    return once(session, command, request, Shipment, effect)


def insert_shipment(
    session: Session,
    command: Command,
    order_id: int,
    parcel: tuple[str, str | None],
    lines: dict[str, int],
) -> int:
    """Write a parcel (carrier, number) that has left; its id."""
    row = session.one(
        """INSERT INTO shipment (merchant_id, order_id, carrier, tracking_number, lines, state,
        state_at, created_at) VALUES (:merchant_id, :order, :carrier, :number, :lines, 'shipped',
        :now, :now) RETURNING id""",
        merchant_id=command.merchant_id,
        order=order_id,
        carrier=parcel[0],
        number=parcel[1],
        lines=msgspec.json.encode(lines).decode(),
        now=to_micros(command.at),
    )
    assert row is not None
    shipment_id = int(row[0])
    _append(session, command, ParcelNews(shipment_id, "shipped", command.at))
    return shipment_id


def record_news(
    session: Session, command: Command, news: ParcelNews, announce: AnnounceOrders
) -> Shipment:
    """Add news of a parcel; the same news twice is one. Old news changes no newer state."""
    found = shipment(session, command.merchant_id, news.shipment_id, session.lock)
    if not _append(session, command, news):
        return found
    stays = found.state == "delivered" and news.state not in _AFTER_DELIVERY
    if news.occurred_at < found.state_at or stays or news.state == found.state:
        return found
    session.run(
        """UPDATE shipment SET state = :state, state_at = :at
        WHERE merchant_id = :merchant_id AND id = :id""",
        state=news.state,
        at=to_micros(news.occurred_at),
        merchant_id=command.merchant_id,
        id=found.id,
    )
    note_event(
        session, command, found.order_id, news.state, {"shipment": found.id, "words": news.words}
    )
    announce(session, ShipmentMoved(command.merchant_id, found.order_id, found.id, news.state))
    return shipment(session, command.merchant_id, found.id)


def shipment(session: Session, merchant_id: int, shipment_id: int, lock: str = "") -> Shipment:
    """One parcel; `NotFound`."""
    row = session.one(
        f"SELECT {_COLUMNS} FROM shipment WHERE merchant_id = :merchant_id AND id = :id{lock}",
        merchant_id=merchant_id,
        id=shipment_id,
    )
    if row is None:
        raise NotFound("There is no such shipment.")
    return _shipment(row)


def shipments_of(session: Session, merchant_id: int, order_id: int) -> list[Shipment]:
    """The order's parcels, oldest first."""
    rows = session.all(
        f"""SELECT {_COLUMNS} FROM shipment
        WHERE merchant_id = :merchant_id AND order_id = :order ORDER BY id""",
        merchant_id=merchant_id,
        order=order_id,
    )
    return [_shipment(row) for row in rows]


def shipments_called(session: Session, merchant_id: int, number: str) -> list[Shipment]:
    """The parcels with this tracking number."""
    rows = session.all(
        f"""SELECT {_COLUMNS} FROM shipment
        WHERE merchant_id = :merchant_id AND tracking_number = :number ORDER BY id""",
        merchant_id=merchant_id,
        number=number,
    )
    return [_shipment(row) for row in rows]


def news_of(session: Session, merchant_id: int, shipment_id: int) -> list[ParcelNews]:
    """All news of a parcel, oldest first by the carrier's clock."""
    rows = session.all(
        """SELECT shipment_id, state, occurred_at, words FROM shipment_event
        WHERE merchant_id = :merchant_id AND shipment_id = :shipment ORDER BY occurred_at, id""",
        merchant_id=merchant_id,
        shipment=shipment_id,
    )
    return [ParcelNews(row[0], row[1], from_micros(row[2]), row[3]) for row in rows]


def _to_send(found: Order, wanted: dict[str, int] | None) -> dict[str, int]:
    left = {
        line.part: found.left(line.part) - found.shipped.get(line.part, 0) for line in found.lines
    }
    if wanted is None:
        return {part: count for part, count in left.items() if count > 0}
    if not wanted or min(wanted.values()) < 1:
        raise Invalid("A parcel holds at least one of something.", field="lines")
    if any(count > left.get(part, 0) for part, count in wanted.items()):
        raise Conflict("There is not that much of it left to send.", action="ship")
    return dict(wanted)


def _append(session: Session, command: Command, news: ParcelNews) -> bool:
    return bool(
        session.run(
            """INSERT INTO shipment_event
            (merchant_id, shipment_id, state, words, occurred_at, recorded_at)
            VALUES (:merchant_id, :shipment, :state, :words, :at, :now)
            ON CONFLICT (shipment_id, state, occurred_at) DO NOTHING""",
            merchant_id=command.merchant_id,
            shipment=news.shipment_id,
            state=news.state,
            words=news.words,
            at=to_micros(news.occurred_at),
            now=to_micros(command.at),
        )
    )


def _shipment(row: Row) -> Shipment:
    lines = msgspec.json.decode(row[4], type=dict[str, int])
    values: list[Any] = [*row[:4], lines, row[5], from_micros(row[6])]
    return Shipment(*values)
