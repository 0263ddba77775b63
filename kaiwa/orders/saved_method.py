"""A customer's own way to pay, kept for later: a provider's token, or a gift card.

Never a card number. It belongs to one person, under all the ids that person has.
"""

from typing import Any, Final

import msgspec

from kaiwa.customers.absorbed import person_ids
from kaiwa.engines.db import Row, Session
from kaiwa.orders.command import Command, once
from kaiwa.orders.gift_card import gift_card
from kaiwa.orders.order import Order
from kaiwa.orders.payment_method import method
from kaiwa.payments import Ability, provider
from kaiwa.vocabulary.errors import Invalid, NotFound
from kaiwa.vocabulary.time import to_micros


class SaveMethod(msgspec.Struct, frozen=True):
    """Keep a way to pay: `method_id` is the shop's, `title` what the customer knows it by."""

    customer_id: int
    method_id: int
    title: str
    instrument: str | None = None
    gift_card_id: int | None = None


class SavedMethod(msgspec.Struct, frozen=True):
    """One that is kept."""

    id: int
    customer_id: int
    method_id: int
    title: str
    instrument: str | None
    gift_card_id: int | None


_COLUMNS: Final = "id, customer_id, payment_method_id, title, instrument, gift_card_id"


def save_method(session: Session, command: Command, request: SaveMethod) -> SavedMethod:
    """Keep it. `Invalid` when it is a gift card without one, or the card is somebody else's."""

    def effect() -> SavedMethod:
        way = method(session, command.merchant_id, request.method_id)
        kept_here = Ability.KEPT_HERE in provider(way.provider).abilities
        if kept_here != (request.gift_card_id is not None):
            raise Invalid("A gift card is saved with its card, and nothing else is.")
        people = person_ids(session, command.merchant_id, request.customer_id)
        if not people:
            raise NotFound("There is no such customer.")
        if request.gift_card_id is not None:
            card = gift_card(session, command.merchant_id, request.gift_card_id)
            if card.customer_id is not None and card.customer_id not in people:
                raise NotFound("There is no such gift card.")
        row = session.one(
            f"""INSERT INTO saved_method (merchant_id, customer_id, payment_method_id, title,
            instrument, gift_card_id, created_at) VALUES (:merchant_id, :customer, :method,
            :title, :instrument, :card, :now) RETURNING {_COLUMNS}""",
            merchant_id=command.merchant_id,
            customer=request.customer_id,
            method=request.method_id,
            title=request.title.strip()[:200] or way.title,
            instrument=request.instrument,
            card=request.gift_card_id,
            now=to_micros(command.at),
        )
        assert row is not None
        return _saved(row)

    return once(session, command, request, SavedMethod, effect)


def saved_methods(session: Session, merchant_id: int, customer_id: int) -> list[SavedMethod]:
    """What the person has kept, oldest first."""
    marks = ", ".join(map(str, person_ids(session, merchant_id, customer_id))) or "0"
    rows = session.all(
        f"""SELECT {_COLUMNS} FROM saved_method WHERE merchant_id = :merchant_id
        AND customer_id IN ({marks}) AND ended_at IS NULL ORDER BY id""",
        merchant_id=merchant_id,
    )
    return [_saved(row) for row in rows]


def forget_method(session: Session, command: Command, customer_id: int, saved_id: int) -> None:
    """Keep it no longer; nothing happens when it was not kept."""
    marks = ", ".join(map(str, person_ids(session, command.merchant_id, customer_id))) or "0"
    session.run(
        f"""UPDATE saved_method SET ended_at = :now, instrument = NULL
        WHERE merchant_id = :merchant_id AND id = :id AND customer_id IN ({marks})""",
        now=to_micros(command.at),
        merchant_id=command.merchant_id,
        id=saved_id,
    )


def method_for(session: Session, merchant_id: int, found: Order, saved_id: int) -> SavedMethod:
    """The saved way to pay, if it is the buyer's of this order; `NotFound`."""
    if found.customer_id is not None:
        for one in saved_methods(session, merchant_id, found.customer_id):
            if one.id == saved_id:
                return one
    raise NotFound("The buyer has saved no such way to pay.")


def _saved(row: Row) -> SavedMethod:
    values: list[Any] = [*row]
    return SavedMethod(*values)
