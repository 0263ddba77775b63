"""An alert: a shopper wants to hear when an article is back in stock, or cheaper.

It is a wish for this one message about this one article: it ends when that is sent or taken back.
"""

from datetime import datetime
from typing import Literal, TypeAlias

import msgspec

from kaiwa.customers.absorbed import person_ids
from kaiwa.engines.db import Session
from kaiwa.orders.command import Command, once
from kaiwa.orders.offer import offers
from kaiwa.vocabulary.errors import Invalid, NotFound
from kaiwa.vocabulary.time import from_micros, to_micros

AlertKind: TypeAlias = Literal["restock", "price"]

MOST_ALERTS = 100


class AskAlert(msgspec.Struct, frozen=True):
    """Tell the customer once: when it is back, or costs less than now (or than `below_minor`)."""

    customer_id: int
    variant_id: int
    kind: AlertKind
    below_minor: int | None = None


class EndAlert(msgspec.Struct, frozen=True):
    """Do not tell after all."""

    customer_id: int
    variant_id: int
    kind: AlertKind


class Alert(msgspec.Struct, frozen=True):
    """What a customer waits for; `seen_minor` is what it cost when that was asked."""

    variant_id: int
    kind: AlertKind
    seen_minor: int
    below_minor: int | None
    channel: str
    asked_at: datetime


def ask_alert(session: Session, command: Command, request: AskAlert) -> list[Alert]:
    """Wait for it; asking again changes nothing but the price. `NotFound` without the article."""

    def effect() -> list[Alert]:
        offer = offers(session, command.merchant_id, [request.variant_id]).get(request.variant_id)
        if offer is None:
            raise NotFound("There is no such article.")
        known = alerts(session, command.merchant_id, request.customer_id)
        if len(known) >= MOST_ALERTS:
            raise Invalid(f"At most {MOST_ALERTS} alerts can wait at once.")
        session.run(
            """INSERT INTO alert (merchant_id, customer_id, variant_id, kind, seen_minor,
            below_minor, channel, asked_at) VALUES (:merchant_id, :customer, :variant, :kind,
            :seen, :below, :channel, :now)
            ON CONFLICT (customer_id, variant_id, kind) WHERE ended_at IS NULL DO UPDATE SET
            below_minor = excluded.below_minor, channel = excluded.channel""",
            merchant_id=command.merchant_id,
            customer=request.customer_id,
            variant=request.variant_id,
            kind=request.kind,
            seen=offer.price.amount_minor,
            below=request.below_minor,
            channel=command.channel,
            now=to_micros(command.at),
        )
        return alerts(session, command.merchant_id, request.customer_id)

    return once(session, command, request, list[Alert], effect)


def end_alert(session: Session, command: Command, request: EndAlert) -> list[Alert]:
    """Wait for it no longer; nothing happens when nobody waited."""

    def effect() -> list[Alert]:
        people = person_ids(session, command.merchant_id, request.customer_id)
        marks = ", ".join(map(str, people)) or "0"
        session.run(
            f"""UPDATE alert SET ended_at = :now WHERE merchant_id = :merchant_id
            AND customer_id IN ({marks}) AND variant_id = :variant AND kind = :kind
            AND ended_at IS NULL""",
            now=to_micros(command.at),
            merchant_id=command.merchant_id,
            variant=request.variant_id,
            kind=request.kind,
        )
        return alerts(session, command.merchant_id, request.customer_id)

    return once(session, command, request, list[Alert], effect)


def alerts(session: Session, merchant_id: int, customer_id: int) -> list[Alert]:
    """What the person waits for, newest first, under all its ids."""
    marks = ", ".join(map(str, person_ids(session, merchant_id, customer_id))) or "0"
    rows = session.all(
        f"""SELECT variant_id, kind, seen_minor, below_minor, channel, asked_at FROM alert
        WHERE merchant_id = :merchant_id AND customer_id IN ({marks}) AND ended_at IS NULL
        ORDER BY id DESC""",
        merchant_id=merchant_id,
    )
    return [Alert(row[0], row[1], row[2], row[3], row[4], from_micros(row[5])) for row in rows]
