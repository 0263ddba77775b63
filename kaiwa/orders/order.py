"""An order: what was bought. Its lines, bill and totals never change; adjustments stand beside.

Its state is derived from what happened to it, never set.
"""

import unicodedata
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal, TypeAlias

import msgspec

from kaiwa.customers.absorbed import person_ids
from kaiwa.engines.db import Row, Session
from kaiwa.orders.address import PostalAddress
from kaiwa.orders.checkout_record import Gift
from kaiwa.orders.command import Command
from kaiwa.orders.shipping import Delivery
from kaiwa.orders.tax import TaxClass
from kaiwa.orders.totals import Bill, Totals
from kaiwa.vocabulary.errors import NotFound
from kaiwa.vocabulary.time import from_micros, optional_micros, to_micros

OrderState: TypeAlias = Literal[
    "awaiting_payment", "processing", "partly_shipped", "shipped", "delivered", "cancelled"
]
Pays: TypeAlias = Literal["before", "at_the_door", "elsewhere"]


class OrderBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where it goes, when and how: the part of an order that may still be changed.

    An imported order may know its address as one line only (`address_text`), who carries it as
    it was told (`carrier_name`), and what another system said of it (`told`).
    """

    address: PostalAddress | None = None
    delivery: Delivery = Delivery()
    gift: Gift = Gift()
    rate_id: int | None = None
    carrier: str = "generic"
    language: str = ""
    address_text: str = ""
    told: str = ""
    carrier_name: str = ""


class OrderLine(msgspec.Struct, frozen=True):
    """An article as it was sold. `part` names it in the bill."""

    id: int
    variant_id: int | None
    part: str
    sku: str | None
    title: str
    quantity: int
    unit_minor: int
    tax_class: TaxClass
    tax_included: bool


class Order(msgspec.Struct, frozen=True):
    """An order as it stands now: `bill` and `totals` are after all adjustments.

    `original_totals` is what was agreed to when it was placed.
    """

    id: int
    number: str
    key: str
    customer_id: int | None
    name: str
    email: str | None
    phone: str | None
    body: OrderBody
    currency: str
    original_totals: Totals
    pays: Pays
    paid_minor: int
    refunded_minor: int
    version: int
    placed_at: datetime
    paid_at: datetime | None
    cancelled_at: datetime | None
    lines: tuple[OrderLine, ...]
    bill: Bill
    totals: Totals
    shipped: dict[str, int]
    delivered: dict[str, int]

    def left(self, part: str) -> int:
        """How many of a line are still wanted after adjustments."""
        found = self.bill.part(part)
        return found.quantity if found else 0

    @property
    def state(self) -> OrderState:
        """Where it stands, from what happened."""
        if self.cancelled_at is not None:
            return "cancelled"
        sent = sum(self.shipped.values())
        if not sent:
            unpaid = self.pays == "before" and self.paid_minor < self.totals.total_minor
            return "awaiting_payment" if unpaid else "processing"
        if any(self.shipped.get(line.part, 0) < self.left(line.part) for line in self.lines):
            return "partly_shipped"
        return "delivered" if sum(self.delivered.values()) >= sent else "shipped"


_COLUMNS = (
    "id, number, key, customer_id, name, email, phone, body, currency, totals, pays, paid_minor,"
    " refunded_minor, version, placed_at, paid_at, cancelled_at, bill"
)


def order(session: Session, merchant_id: int, order_id: int, lock: str = "") -> Order:
    """The order as it stands; `NotFound`. With `session.lock` it stays ours until the end."""
    row = session.one(
        f"SELECT {_COLUMNS} FROM shop_order WHERE merchant_id = :merchant_id AND id = :id{lock}",
        merchant_id=merchant_id,
        id=order_id,
    )
    if row is None:
        raise NotFound("There is no such order.")
    return _order(session, merchant_id, row)


def order_by_number(session: Session, merchant_id: int, number: str) -> int | None:
    """The id of the order with this number, as people write it."""
    row = session.one(
        "SELECT id FROM shop_order WHERE merchant_id = :merchant_id AND number = :number",
        merchant_id=merchant_id,
        number=unicodedata.normalize("NFKC", number).strip().removeprefix("#"),
    )
    return None if row is None else int(row[0])


def order_by_key(session: Session, merchant_id: int, key: str) -> int:
    """The id behind an order's unguessable key; `NotFound`."""
    row = session.one(
        "SELECT id FROM shop_order WHERE merchant_id = :merchant_id AND key = :key",
        merchant_id=merchant_id,
        key=key,
    )
    if row is None:
        raise NotFound("There is no such order.")
    return int(row[0])


def orders_of(
    session: Session,
    merchant_id: int,
    customer_id: int | None,
    emails: Sequence[str] = (),
    limit: int = 20,
) -> list[Order]:
    """The person's orders, newest first: under its ids and under e-mail addresses it proved."""
    people = person_ids(session, merchant_id, customer_id) if customer_id is not None else []
    marks = ", ".join(map(str, people)) or "0"
    names = {f"email_{place}": email.casefold() for place, email in enumerate(emails)}
    also = f" OR email IN ({', '.join(f':{name}' for name in names)})" if names else ""
    rows = session.all(
        f"""SELECT {_COLUMNS} FROM shop_order WHERE merchant_id = :merchant_id
        AND (customer_id IN ({marks}){also}) ORDER BY placed_at DESC, id DESC LIMIT :limit""",
        merchant_id=merchant_id,
        limit=limit,
        **names,
    )
    return [_order(session, merchant_id, row) for row in rows]


def articles_of(
    session: Session, merchant_id: int, order_id: int
) -> tuple[tuple[int, ...], int | None, datetime]:
    """The variants an order is about, whose it is and when it was placed; `NotFound`."""
    rows = session.all(
        """SELECT l.variant_id, o.customer_id, o.placed_at FROM shop_order o
        LEFT JOIN order_line l ON l.order_id = o.id AND l.merchant_id = o.merchant_id
        WHERE o.merchant_id = :merchant_id AND o.id = :id ORDER BY l.id""",
        merchant_id=merchant_id,
        id=order_id,
    )
    if not rows:
        raise NotFound("There is no such order.")
    variants = tuple(row[0] for row in rows if row[0] is not None)
    return variants, rows[0][1], from_micros(rows[0][2])


def note_event(
    session: Session, command: Command, order_id: int, kind: str, detail: dict[str, Any]
) -> None:
    """Add a line to what happened to the order, and count its version on. Order held."""
    first_events(session, command, order_id, [(kind, detail)])
    session.run(
        """UPDATE shop_order SET version = version + 1
        WHERE merchant_id = :merchant_id AND id = :id""",
        merchant_id=command.merchant_id,
        id=order_id,
    )


def first_events(
    session: Session, command: Command, order_id: int, happened: list[tuple[str, dict[str, Any]]]
) -> None:
    """What happened to an order as it was made: its version counts them already."""
    session.many(
        """INSERT INTO order_event (merchant_id, order_id, kind, principal, detail, at)
        VALUES (:merchant_id, :order, :kind, :principal, :detail, :at)""",
        [
            {
                "merchant_id": command.merchant_id,
                "order": order_id,
                "kind": kind,
                "principal": command.principal,
                "detail": msgspec.json.encode(detail).decode(),
                "at": to_micros(command.at),
            }
            for kind, detail in happened
        ],
    )


class OrderEvent(msgspec.Struct, frozen=True):
    """Something that happened to an order, by whom and when."""

    kind: str
    principal: str
    detail: dict[str, Any]
    at: datetime


def events(session: Session, merchant_id: int, order_id: int) -> list[OrderEvent]:
    """What happened to the order, oldest first."""
    rows = session.all(
        """SELECT kind, principal, detail, at FROM order_event
        WHERE merchant_id = :merchant_id AND order_id = :order ORDER BY id""",
        merchant_id=merchant_id,
        order=order_id,
    )
    return [
        OrderEvent(row[0], row[1], msgspec.json.decode(row[2]), from_micros(row[3])) for row in rows
    ]


def _order(session: Session, merchant_id: int, row: Row) -> Order:
    place = {"merchant_id": merchant_id, "order": row[0]}
    lines = session.all(
        """SELECT id, variant_id, part, sku, title, quantity, unit_minor, tax_class, tax_included
        FROM order_line WHERE merchant_id = :merchant_id AND order_id = :order ORDER BY id""",
        **place,
    )
    latest = session.one(
        """SELECT bill, totals FROM adjustment WHERE merchant_id = :merchant_id
        AND order_id = :order ORDER BY id DESC LIMIT 1""",
        **place,
    )
    shipped, delivered = _moved(session, place)
    original = msgspec.json.decode(row[9], type=Totals)
    bill = msgspec.json.decode(latest[0] if latest else row[17], type=Bill)
    values: list[Any] = [*row[:7], msgspec.json.decode(row[7], type=OrderBody), row[8], original]
    values += [*row[10:14], from_micros(row[14]), *map(optional_micros, row[15:17])]
    values += [tuple(OrderLine(*[*line[:8], bool(line[8])]) for line in lines), bill]
    now = msgspec.json.decode(latest[1], type=Totals) if latest else original
    return Order(*[*values, now, shipped, delivered])


def _moved(session: Session, place: dict[str, int]) -> tuple[dict[str, int], dict[str, int]]:
    shipped: dict[str, int] = {}
    delivered: dict[str, int] = {}
    for state, text in session.all(
        """SELECT state, lines FROM shipment
        WHERE merchant_id = :merchant_id AND order_id = :order""",
        **place,
    ):
        for part, count in msgspec.json.decode(text, type=dict[str, int]).items():
            shipped[part] = shipped.get(part, 0) + count
            if state == "delivered":
                delivered[part] = delivered.get(part, 0) + count
    return shipped, delivered
