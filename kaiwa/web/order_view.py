"""What an order's page shows: where it stands in words, its parcels, its money."""

from typing import Any, Final

import msgspec

from kaiwa.carriers import carrier
from kaiwa.engines.db import Session
from kaiwa.orders.adjustment import adjustments
from kaiwa.orders.allowed import allowed
from kaiwa.orders.offer import offers
from kaiwa.orders.order import Order
from kaiwa.orders.payment import Payment, payments_of
from kaiwa.orders.payment_method import method
from kaiwa.orders.refund import refunds_of
from kaiwa.orders.return_request import may_be_returned, returns_of
from kaiwa.orders.shipment import Shipment, news_of, shipments_of
from kaiwa.orders.terms import terms
from kaiwa.web.articles import Article, articles
from kaiwa.web.checkout_view import total_rows
from kaiwa.web.hosted_words import Words
from kaiwa.web.order_visit import OrderVisit, masked
from kaiwa.web.payment_ways import Way, way

STEPS: Final = ("ordered", "preparing", "shipped", "delivered")
_LINKS: Final = ("voucher_url", "instructions_url", "url")
_STEP_OF: Final = {
    "awaiting_payment": 0,
    "processing": 1,
    "partly_shipped": 2,
    "shipped": 2,
    "delivered": 3,
}


class Fact(msgspec.Struct, frozen=True):
    """One line of a parcel's story."""

    state: str
    words: str
    moment: str


class Parcel(msgspec.Struct, frozen=True):
    """A parcel as the carrier tells it, the newest news first."""

    carrier: str
    number: str | None
    link: str | None
    state: str
    news: tuple[Fact, ...]


class ShownItem(msgspec.Struct, frozen=True):
    """An article of the order; `quantity` is how many are still wanted."""

    part: str
    title: str
    quantity: int
    amount_minor: int
    reduced: bool
    picture: str


class Due(msgspec.Struct, frozen=True):
    """How to pay for an order that waits for it: rows to read, one link, and the last moment."""

    way: Way
    rows: tuple[tuple[str, str], ...]
    link: str | None
    until: str


def seen(session: Session, words: Words, at: OrderVisit) -> dict[str, Any]:
    """Everything the page needs."""
    found, shop_id = at.order, at.shop.id
    command = at.command()
    paid = payments_of(session, shop_id, found.id)
    parcels = shipments_of(session, shop_id, found.id)
    return {
        "order": found,
        "known": at.known,
        "masked": masked(found),
        "to": found.body.address,
        "late": _late(words, at),
        "steps": STEPS,
        "reached": _STEP_OF.get(found.state, -1),
        "when": words.when(found.body.delivery.day, found.body.delivery.slot),
        "parcels": [_parcel(session, words, one) for one in parcels],
        "items": items(session, words, found),
        "rows": total_rows(words, found.totals),
        "taxes": found.totals.taxes,
        "total_minor": found.totals.total_minor,
        "due": due_of(session, words, found, paid),
        "way": _way(session, words, paid),
        "refund_minor": sum(
            one.amount.amount_minor
            for one in refunds_of(session, shop_id, found.id)
            if one.state != "failed"
        ),
        "changed": bool(adjustments(session, shop_id, found)) and found.cancelled_at is None,
        "may_cancel": "cancel" in allowed(found),
        "may_return": may_be_returned(session, command, found),
        "returns": [
            (one, words.moment(one.created_at)) for one in returns_of(session, shop_id, found.id)
        ],
        "invoice": found.cancelled_at is None
        and terms(session, shop_id).invoice_number is not None,
        "rules": terms(session, shop_id),
    }


def items(session: Session, words: Words, found: Order) -> list[ShownItem]:
    """The articles that are left of the order, at the price they were sold for."""
    ids = [line.variant_id for line in found.lines if line.variant_id is not None]
    now = offers(session, words.shop.id, ids)
    seen = articles(session, words.shop.id, now.values(), words.language)
    shown = []
    for line in found.lines:
        article = seen.get(line.variant_id or 0, Article())
        left = found.left(line.part)
        shown.append(
            ShownItem(
                line.part,
                article.title or line.title,
                left,
                line.unit_minor * left,
                line.tax_class == "reduced",
                article.picture,
            )
        )
    return shown


def _late(words: Words, at: OrderVisit) -> bool:
    """Whether the promised day is over and nothing has arrived."""
    day = at.order.body.delivery.day
    waits = at.order.state in ("processing", "partly_shipped", "shipped")
    return waits and day is not None and words.local_day(at.now) > day


def _parcel(session: Session, words: Words, one: Shipment) -> Parcel:
    news = news_of(session, words.shop.id, one.id)
    facts = [Fact(fact.state, fact.words, words.moment(fact.occurred_at)) for fact in news]
    return Parcel(
        carrier(one.carrier).name if one.carrier != "generic" else "",
        one.tracking_number,
        one.link,
        one.state,
        tuple(reversed(facts)),
    )


def _way(session: Session, words: Words, paid: list[Payment]) -> Way | None:
    if not paid:
        return None
    return way(method(session, words.shop.id, paid[-1].method_id), words)


def due_of(session: Session, words: Words, found: Order, paid: list[Payment]) -> Due | None:
    """What is still to be paid before anything is sent, and how."""
    if found.state != "awaiting_payment" or not paid or paid[-1].state != "pending":
        return None
    last = paid[-1]
    told = dict(last.outcome.instructions) if last.outcome else {}
    link = next((told.pop(name) for name in _LINKS if name in told), None)
    link = link if link and link.startswith(("https://", "http://")) else None
    rows = tuple(
        (words.say(f"pay.{name}"), _value(words, name, value))
        for name, value in told.items()
        if value and words.knows(f"pay.{name}")
    )
    until = last.outcome.expires_at if last.outcome else None
    shown = way(method(session, words.shop.id, last.method_id), words)
    return Due(shown, rows, link, words.last_day(until) if until else "")


def _value(words: Words, name: str, value: str) -> str:
    if name == "days":
        return words.say("pay.within", days=value)
    return words.say(f"pay.{name}.{value}") if words.knows(f"pay.{name}.{value}") else value
