"""A cart that was left with something in it: recorded once for each version of the cart.

Nothing is sent because of it here. The record is what campaigns and analytics read.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import msgspec

from kaiwa.engines.clock import Clock
from kaiwa.engines.db import Database, Row, Session
from kaiwa.engines.queue import Job, finish, postpone
from kaiwa.orders.cart import show_cart
from kaiwa.orders.cart_record import cart_row
from kaiwa.orders.checkout_record import living_checkout
from kaiwa.orders.command import Command
from kaiwa.orders.fact import AnnounceOrders, CartAbandoned
from kaiwa.orders.terms import terms
from kaiwa.vocabulary.money import Money
from kaiwa.vocabulary.time import from_micros, iso, to_micros


class LeftLine(msgspec.Struct, frozen=True):
    """What lay in the cart, at the price of then."""

    variant_id: int
    sku: str
    title: str
    quantity: int
    unit_minor: int


class AbandonedCart(msgspec.Struct, frozen=True):
    """A cart as it was left. `checkout_id` when its checkout had been begun."""

    id: int
    cart_id: int
    version: int
    customer_id: int | None
    conversation_id: int | None
    checkout_id: int | None
    channel: str
    total: Money
    lines: tuple[LeftLine, ...]
    left_at: datetime
    recorded_at: datetime


_COLUMNS = (
    "id, cart_id, version, customer_id, conversation_id, checkout_id, channel, total_minor,"
    " currency, lines, left_at, recorded_at"
)


def abandoned_carts(
    session: Session, merchant_id: int, after: int = 0, limit: int = 1_000
) -> list[AbandonedCart]:
    """What was left, in the order in which it was noticed, after the record with id `after`."""
    rows = session.all(
        f"""SELECT {_COLUMNS} FROM abandoned_cart
        WHERE merchant_id = :merchant_id AND id > :after ORDER BY id LIMIT :limit""",
        merchant_id=merchant_id,
        after=after,
        limit=limit,
    )
    return [_abandoned(row) for row in rows]


def exported_abandoned_carts(
    session: Session, merchant_id: int, after: int
) -> Iterator[tuple[int, dict[str, Any]]]:
    """The same as `export events` writes them."""
    for one in abandoned_carts(session, merchant_id, after):
        yield (
            one.id,
            {
                "fact": "cart_abandoned",
                "cart": one.cart_id,
                "version": one.version,
                "customer": one.customer_id,
                "conversation": one.conversation_id,
                "checkout": one.checkout_id,
                "channel": one.channel,
                "total": one.total.decimal(),
                "currency": one.total.currency,
                "lines": [
                    {
                        "sku": line.sku,
                        "title": line.title,
                        "quantity": line.quantity,
                        "price": Money(line.unit_minor, one.total.currency).decimal(),
                    }
                    for line in one.lines
                ],
                "occurred_at": iso(one.left_at),
                "recorded_at": iso(one.recorded_at),
            },
        )


def notice_abandoned(
    session: Session, command: Command, cart_id: int, announce: AnnounceOrders
) -> datetime | None:
    """Record the cart if it was left; the time to look again when it is too early to tell.

    None when there is nothing to wait for: recorded, empty, ordered or thrown away.
    """
    minutes = terms(session, command.merchant_id).abandoned_after_minutes
    cart = cart_row(session, command.merchant_id, cart_id, session.lock)
    if cart.state != "active" or not minutes:
        return None
    begun = living_checkout(session, command.merchant_id, cart_id)
    left_at = _last_touched(session, command.merchant_id, cart_id)
    due_at = left_at + timedelta(minutes=minutes)
    if begun is not None and begun.state == "completing":
        return max(due_at, command.at + timedelta(minutes=minutes))
    if command.at < due_at:
        return due_at
    _record(session, command, (cart_id, begun.id if begun else None), left_at, announce)
    return None


def _last_touched(session: Session, merchant_id: int, cart_id: int) -> datetime:
    row = session.one(
        """SELECT max(at) FROM (
        SELECT updated_at AS at FROM cart WHERE merchant_id = :merchant_id AND id = :cart
        UNION ALL SELECT updated_at FROM checkout WHERE merchant_id = :merchant_id
        AND cart_id = :cart AND state NOT IN ('expired', 'canceled')) AS touched""",
        merchant_id=merchant_id,
        cart=cart_id,
    )
    assert row is not None
    return from_micros(row[0])


def _record(
    session: Session,
    command: Command,
    what: tuple[int, int | None],
    left_at: datetime,
    announce: AnnounceOrders,
) -> None:
    cart = show_cart(session, command, what[0])
    lines = [
        LeftLine(one.variant_id, one.sku, one.title, one.wanted, one.unit.amount_minor)
        for one in cart.lines
    ]
    if not lines:
        return
    fresh = session.one(
        """INSERT INTO abandoned_cart (merchant_id, cart_id, version, customer_id,
        conversation_id, checkout_id, channel, total_minor, currency, lines, left_at, recorded_at)
        VALUES (:merchant_id, :cart, :version, :customer,
        (SELECT conversation_id FROM cart WHERE merchant_id = :merchant_id AND id = :cart),
        :checkout, :channel, :total, :currency, :lines, :left, :now)
        ON CONFLICT (cart_id, version) DO NOTHING RETURNING id""",
        merchant_id=command.merchant_id,
        cart=cart.id,
        version=cart.version,
        customer=cart.customer_id,
        checkout=what[1],
        channel=cart.channel,
        total=sum(one.quantity * one.unit_minor for one in lines),
        currency=cart.currency,
        lines=msgspec.json.encode(lines).decode(),
        left=to_micros(left_at),
        now=to_micros(command.at),
    )
    if fresh is not None:
        announce(
            session,
            CartAbandoned(command.merchant_id, cart.id, cart.version, cart.customer_id),
        )


class Abandonment:
    """Handles the job `notice_abandoned`."""

    def __init__(self, db: Database, clock: Clock, announce: AnnounceOrders) -> None:
        self._db = db
        self._clock = clock
        self._announce = announce

    async def notice_abandoned(self, job: Job) -> None:
        """Look at a cart; the record and the end of the timer are one commit."""
        merchant_id, cart_id = map(int, job.payload.split())
        command = Command(merchant_id, "system", "queue", self._clock.now())

        def work(s: Session) -> None:
            again_at = notice_abandoned(s, command, cart_id, self._announce)
            if again_at is None:
                finish(s, job)
            else:
                postpone(s, job, again_at)

        await self._db.write(work)


def _abandoned(row: Row) -> AbandonedCart:
    lines = msgspec.json.decode(row[9], type=tuple[LeftLine, ...])
    values: list[Any] = [*row[:7], Money(row[7], row[8]), lines, *map(from_micros, row[10:12])]
    return AbandonedCart(*values)
