"""Takes orders another shop system knows, a JSON object a line. The same number twice is one order.

History makes no news: nothing is announced, no stock moves, no money is asked for. What was bought
together is learned from it.
"""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

import msgspec

from kaiwa.carriers import carrier, carriers
from kaiwa.catalog.recommendation.shopping_event import Purchase, note_bought
from kaiwa.catalog.variant import variant_by_sku
from kaiwa.engines.db import Session
from kaiwa.merchants.merchant import Merchant
from kaiwa.orders.address import PostalAddress
from kaiwa.orders.command import Command
from kaiwa.orders.fact import OrdersFact
from kaiwa.orders.order import Order, OrderBody, note_event, order, order_by_number
from kaiwa.orders.placing import NewLine, NewOrder, insert_order
from kaiwa.orders.shipment import ParcelNews, insert_shipment, record_news, shipments_of
from kaiwa.orders.totals import Bill, Part, total_up
from kaiwa.vocabulary.errors import Invalid
from kaiwa.vocabulary.money import Money
from kaiwa.vocabulary.time import parse_iso, to_micros

STATUSES: Final = ("unfulfilled", "shipped", "delivered", "cancelled")
_LONGEST: Final = 200
_MOST_LINES: Final = 1_000
_MOST_OF_ONE: Final = 1_000_000
# A NUL, or half of a surrogate pair: no database keeps them. As JSON writes them in ASCII.
_NO_TEXT: Final = re.compile(
    r"\\u0000|\\ud[89ab][0-9a-f]{2}(?!\\ud[c-f])|(?<!\\ud[89ab][0-9a-f]{2})\\ud[c-f]"
)


class ToldLine(msgspec.Struct, frozen=True):
    """A line as the file tells it."""

    sku: str
    quantity: int
    price: str | int | float
    title: str = ""


class ToldOrder(msgspec.Struct, frozen=True):
    """An order as the file tells it (DESIGN §6)."""

    number: str | int
    placed_at: str
    lines: list[ToldLine]
    email: str | None = None
    phone: str | None = None
    name: str | None = None
    status: str = "unfulfilled"
    delivered_at: str | None = None
    carrier: str | None = None
    tracking_number: str | int | None = None
    address: str | dict[str, Any] | None = None


def read_order(line: str) -> ToldOrder:
    """One line of the file; `Invalid` says what is wrong with it."""
    try:
        told = msgspec.convert(json.loads(line), ToldOrder, strict=False)
    except (ValueError, RecursionError, msgspec.ValidationError) as error:
        raise Invalid(f"This is not an order: {error}.") from error
    return checked_order(told)


def checked_order(told: ToldOrder) -> ToldOrder:
    """The order with its number in its normal form; `Invalid` says what cannot be."""
    if _NO_TEXT.search(json.dumps(msgspec.to_builtins(told))):
        raise Invalid("There is something in it that is no text.")
    number = str(told.number).strip().removeprefix("#")
    if not number or len(number) > _LONGEST:
        raise Invalid("An order needs a number.")
    if not told.lines:
        raise Invalid("An order needs lines.")
    if told.status not in STATUSES:
        raise Invalid(f"The status is one of {', '.join(STATUSES)}, not {told.status!r}.")
    for field in ("placed_at", "delivered_at"):
        _time(getattr(told, field), field)
    if len(told.lines) > _MOST_LINES:
        raise Invalid(f"An order has at most {_MOST_LINES} lines, not {len(told.lines)}.")
    if any(not 1 <= one.quantity <= _MOST_OF_ONE or not one.sku.strip() for one in told.lines):
        raise Invalid(f"A line needs a sku, and a quantity of 1 to {_MOST_OF_ONE}.")
    return msgspec.structs.replace(told, number=number)


def take_order(session: Session, owner: Merchant, told: ToldOrder, now: datetime) -> bool:
    """Write the order, or take over how far it has got; whether it is new."""
    placed_at = _time(told.placed_at, "placed_at") or now
    known = order_by_number(session, owner.id, str(told.number))
    if known is None:
        command = Command(owner.id, "import", "import", placed_at)
        order_id = _insert(session, command, owner, told)
    else:
        order_id = known
    _catch_up(session, Command(owner.id, "import", "import", placed_at), told, order_id)
    return known is None


def _insert(session: Session, command: Command, owner: Merchant, told: ToldOrder) -> int:
    parts, lines = [], []
    for place, (one, amount) in enumerate(_priced(told, owner.currency), 1):
        found = variant_by_sku(session, owner.id, one.sku.strip())
        key = f"i{place}"
        tax = (found.tax_class, found.tax_included) if found else ("standard", True)
        title = one.title or one.sku
        parts.append(Part(key, "item", amount, one.quantity, *tax, title))
        lines.append(NewLine(key, one.sku.strip(), found.id if found else None))
    bill = Bill(owner.currency, tuple(parts))
    try:
        totals = total_up(bill)
    except ValueError as error:
        raise Invalid(f"The prices cannot be: {error}.") from error
    new = NewOrder(
        number=str(told.number),
        name=(told.name or "").strip()[:_LONGEST],
        email=(told.email or "").strip().casefold()[:254] or None,
        phone=(told.phone or "").strip()[:_LONGEST] or None,
        body=_body(told),
        bill=bill,
        totals=msgspec.json.encode(totals).decode(),
        total_minor=totals.total_minor,
        pays="elsewhere",
        placed_at=to_micros(command.at),
    )
    order_id = insert_order(session, command, new, lines)
    if told.status != "cancelled":
        known = tuple(line.variant_id for line in lines if line.variant_id is not None)
        note_bought(session, owner.id, Purchase(order_id, known, None, command.at))
    return order_id


def _catch_up(session: Session, command: Command, told: ToldOrder, order_id: int) -> None:
    found = order(session, command.merchant_id, order_id, session.lock)
    if told.status == "cancelled" and found.cancelled_at is None:
        session.run(
            """UPDATE shop_order SET cancelled_at = :at
            WHERE merchant_id = :merchant_id AND id = :id""",
            at=to_micros(command.at),
            merchant_id=command.merchant_id,
            id=order_id,
        )
        note_event(session, command, order_id, "cancel", {"reason": "import"})
    if told.status not in ("shipped", "delivered"):
        return
    parcels = shipments_of(session, command.merchant_id, order_id)
    if not parcels:
        _send(session, command, found, told)
        parcels = shipments_of(session, command.merchant_id, order_id)
    if told.status == "delivered":
        at = _time(told.delivered_at, "delivered_at") or parcels[0].state_at
        for one in parcels:
            record_news(session, command, ParcelNews(one.id, "delivered", at), _silence)


def _send(session: Session, command: Command, found: Order, told: ToldOrder) -> None:
    kind = _carrier(told.carrier)
    number = str(told.tracking_number or "").strip() or None
    if number is not None:
        try:
            number = carrier(kind).number(number)
        except Invalid:
            # An old slip of the pen: kept as it is, under a carrier that checks nothing.
            kind, number = "generic", number[:40]
    lines = {line.part: line.quantity for line in found.lines}
    insert_shipment(session, command, found.id, (kind, number), lines)


def _priced(told: ToldOrder, currency: str) -> Iterator[tuple[ToldLine, int]]:
    for one in told.lines:
        try:
            yield one, Money.parse(str(one.price), currency).amount_minor
        except ValueError as error:
            raise Invalid(f"The price of {one.sku}: {error}.") from error


def _body(told: ToldOrder) -> OrderBody:
    kind = _carrier(told.carrier)
    name = carrier(kind).name if kind != "generic" else (told.carrier or "").strip()[:40]
    if isinstance(told.address, dict):
        try:
            address = msgspec.convert(told.address, PostalAddress)
            return OrderBody(address, carrier=kind, carrier_name=name)
        except msgspec.ValidationError:
            text = " ".join(str(part) for part in told.address.values() if part)
            return OrderBody(address_text=text[:500], carrier=kind, carrier_name=name)
    text = (told.address or "")[:500]
    return OrderBody(address_text=text, carrier=kind, carrier_name=name)


def _carrier(told: str | None) -> str:
    text = (told or "").casefold().replace(" ", "_")
    for kind, one in carriers().items():
        if text and (kind in text or one.name in text or text in one.name):
            return kind
    return "generic"


def _time(text: str | None, field: str) -> datetime | None:
    if text is None:
        return None
    try:
        return parse_iso(text)
    except (ValueError, OverflowError) as error:
        raise Invalid(f"{field} is no ISO time: {text!r}.") from error


def _silence(session: Session, fact: OrdersFact) -> None:
    """History makes no news."""
