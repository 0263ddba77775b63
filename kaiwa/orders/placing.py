"""Placing an order: the cart is converted, the stock is sold, a number is given, all at once."""

import secrets
from typing import Any

import msgspec

from kaiwa.catalog.stock import Held, reserve, take
from kaiwa.engines.db import Session
from kaiwa.orders.abandonment import unwatch
from kaiwa.orders.cart_record import holder_of, reserved, set_cart_state
from kaiwa.orders.checkout_record import Checkout, move
from kaiwa.orders.command import Command
from kaiwa.orders.fact import AnnounceOrders, OrderPaid, OrderPlaced
from kaiwa.orders.holding import SPARE
from kaiwa.orders.order import OrderBody, Pays, first_events
from kaiwa.orders.payment import Payment
from kaiwa.orders.payment_method import method
from kaiwa.orders.shipping import rate
from kaiwa.orders.terms import terms
from kaiwa.orders.totals import Bill
from kaiwa.vocabulary.time import to_micros


class NewOrder(msgspec.Struct, frozen=True):
    """What an order's row is made of, wherever it comes from."""

    number: str
    name: str
    email: str | None
    phone: str | None
    body: OrderBody
    bill: Bill
    totals: str
    total_minor: int
    pays: Pays
    placed_at: int
    checkout_id: int | None = None
    customer_id: int | None = None
    paid_minor: int = 0
    paid_at: int | None = None
    cancelled_at: int | None = None
    version: int = 0


class NewLine(msgspec.Struct, frozen=True):
    """A line of a new order; the rest of it is in the bill's part of this name."""

    part: str
    sku: str | None
    variant_id: int | None


def stock_is_held(session: Session, command: Command, found: Checkout) -> bool:
    """Whether everything in the checkout is held; what had slipped is taken hold of again."""
    mine = reserved(session, command.merchant_id, found.cart_id)
    holder = holder_of(found.cart_id)
    return all(
        mine.get(line.variant_id, 0) >= line.quantity
        or reserve(
            session,
            command.merchant_id,
            Held(line.variant_id, line.quantity),
            holder,
            found.expires_at + SPARE,
            command.at,
        )
        for line in found.body.lines
    )


def place(
    session: Session,
    command: Command,
    found: Checkout,
    paid: tuple[Payment | None, bool],
    announce: AnnounceOrders,
) -> int:
    """Make an order of the checkout; its id. Cart and checkout held, stock held too.

    `paid` is the payment, none where there is nothing to pay, and whether the money is there.
    """
    payment, done = paid
    door = (
        payment is not None and method(session, command.merchant_id, payment.method_id).at_the_door
    )
    amount_minor = payment.amount.amount_minor if payment else 0
    happened: list[tuple[str, dict[str, Any]]] = [("placed", {"channel": command.channel})]
    if done:
        happened.append(("paid", {"amount_minor": amount_minor}))
    new = _new(session, command, found, door)
    if done:
        new = msgspec.structs.replace(new, paid_minor=amount_minor, paid_at=new.placed_at)
    lines = [NewLine(line.part_key, line.sku, line.variant_id) for line in found.body.lines]
    order_id = insert_order(
        session, command, msgspec.structs.replace(new, version=len(happened)), lines
    )
    first_events(session, command, order_id, happened)
    take(session, command.merchant_id, holder_of(found.cart_id))
    set_cart_state(session, command, found.cart_id, "converted")
    unwatch(session, found.cart_id)
    move(session, command, found, "completed", order_id=order_id)
    announce(session, OrderPlaced(command.merchant_id, order_id))
    if done:
        announce(session, OrderPaid(command.merchant_id, order_id))
    return order_id


def insert_order(session: Session, command: Command, new: NewOrder, lines: list[NewLine]) -> int:
    """Write an order and its lines; its id."""
    values = msgspec.structs.asdict(new) | {
        "body": msgspec.json.encode(new.body).decode(),
        "bill": msgspec.json.encode(new.bill).decode(),
    }
    row = session.one(
        f"""INSERT INTO shop_order (merchant_id, key, channel, principal, currency,
        {", ".join(values)}) VALUES (:merchant_id, :key, :channel, :principal, :currency,
        {", ".join(f":{name}" for name in values)}) RETURNING id""",
        merchant_id=command.merchant_id,
        key=secrets.token_urlsafe(24),
        channel=command.channel,
        principal=command.principal,
        currency=new.bill.currency,
        **values,
    )
    assert row is not None
    session.many(
        """INSERT INTO order_line (merchant_id, order_id, variant_id, part, sku, title, quantity,
        unit_minor, tax_class, tax_included) VALUES (:merchant_id, :order_id, :variant_id, :part,
        :sku, :title, :quantity, :unit_minor, :tax_class, :tax_included)""",
        [_line_values(command.merchant_id, int(row[0]), new.bill, line) for line in lines],
    )
    return int(row[0])


def next_number(session: Session, merchant_id: int) -> str:
    """The next free order number of the merchant."""
    first = terms(session, merchant_id).first_number
    while True:
        row = session.one(
            """INSERT INTO order_number (merchant_id, last) VALUES (:merchant_id, :first)
            ON CONFLICT (merchant_id) DO UPDATE SET last = order_number.last + 1 RETURNING last""",
            merchant_id=merchant_id,
            first=first,
        )
        assert row is not None
        number = str(row[0])
        # Orders that were imported brought numbers of their own.
        taken = session.one(
            "SELECT 1 FROM shop_order WHERE merchant_id = :merchant_id AND number = :number",
            merchant_id=merchant_id,
            number=number,
        )
        if taken is None:
            return number


def _new(session: Session, command: Command, found: Checkout, door: bool) -> NewOrder:
    said = found.body
    totals = found.totals
    carrier = (
        rate(session, command.merchant_id, said.rate_id).carrier if said.rate_id else "generic"
    )
    body = OrderBody(
        said.address, said.delivery, said.gift, said.rate_id, carrier, said.buyer.language
    )
    return NewOrder(
        number=next_number(session, command.merchant_id),
        name=said.buyer.name or (said.address.name if said.address else ""),
        email=said.buyer.email.casefold() or None,
        phone=said.buyer.phone or (said.address.phone if said.address else None) or None,
        body=body,
        bill=said.bill,
        totals=msgspec.json.encode(totals).decode(),
        total_minor=totals.total_minor,
        pays="at_the_door" if door else "before",
        placed_at=to_micros(command.at),
        checkout_id=found.id,
        customer_id=found.customer_id,
    )


def _line_values(merchant_id: int, order_id: int, bill: Bill, line: NewLine) -> dict[str, object]:
    part = bill.part(line.part)
    assert part is not None
    return {
        "merchant_id": merchant_id,
        "order_id": order_id,
        "variant_id": line.variant_id,
        "part": line.part,
        "sku": line.sku,
        "title": part.title,
        "quantity": part.quantity,
        "unit_minor": part.unit_minor,
        "tax_class": part.tax_class,
        "tax_included": int(part.tax_included),
    }
