"""A wishlist: articles a customer keeps for later, and whether they can be bought now."""

from datetime import datetime

import msgspec

from kaiwa.customers.absorbed import person_ids
from kaiwa.engines.db import Session
from kaiwa.orders.command import Command, once
from kaiwa.orders.offer import Offer, offers
from kaiwa.vocabulary.errors import Invalid, NotFound
from kaiwa.vocabulary.time import from_micros, to_micros

MOST_WISHES = 200


class AddWish(msgspec.Struct, frozen=True):
    """Keep an article for later; again changes nothing."""

    customer_id: int
    variant_id: int


class RemoveWish(msgspec.Struct, frozen=True):
    """Keep it no longer."""

    customer_id: int
    variant_id: int


class Wish(msgspec.Struct, frozen=True):
    """An article as it is offered now, and since when it is wished for."""

    offer: Offer
    added_at: datetime


class Wishlist(msgspec.Struct, frozen=True):
    """What a customer keeps, newest first."""

    customer_id: int
    wishes: tuple[Wish, ...]


def add_wish(session: Session, command: Command, request: AddWish) -> Wishlist:
    """Keep it. `NotFound` when there is no such article."""

    def effect() -> Wishlist:
        if request.variant_id not in offers(session, command.merchant_id, [request.variant_id]):
            raise NotFound("There is no such article.")
        kept = wishlist(session, command.merchant_id, request.customer_id).wishes
        if len(kept) >= MOST_WISHES:
            raise Invalid(f"A wishlist holds at most {MOST_WISHES} articles.")
        session.run(
            """INSERT INTO wishlist_item (merchant_id, customer_id, variant_id, added_at)
            VALUES (:merchant_id, :customer, :variant, :now)
            ON CONFLICT (customer_id, variant_id) DO NOTHING""",
            merchant_id=command.merchant_id,
            customer=request.customer_id,
            variant=request.variant_id,
            now=to_micros(command.at),
        )
        return wishlist(session, command.merchant_id, request.customer_id)

    return once(session, command, request, Wishlist, effect)


def remove_wish(session: Session, command: Command, request: RemoveWish) -> Wishlist:
    """Keep it no longer; nothing happens when it was not kept."""

    def effect() -> Wishlist:
        marks = _marks(session, command.merchant_id, request.customer_id)
        session.run(
            f"""DELETE FROM wishlist_item WHERE merchant_id = :merchant_id
            AND customer_id IN ({marks}) AND variant_id = :variant""",
            merchant_id=command.merchant_id,
            variant=request.variant_id,
        )
        return wishlist(session, command.merchant_id, request.customer_id)

    return once(session, command, request, Wishlist, effect)


def wishlist(session: Session, merchant_id: int, customer_id: int) -> Wishlist:
    """What the person keeps, under all its ids, at today's prices."""
    rows = session.all(
        f"""SELECT variant_id, max(added_at) FROM wishlist_item WHERE merchant_id = :merchant_id
        AND customer_id IN ({_marks(session, merchant_id, customer_id)})
        GROUP BY variant_id ORDER BY max(added_at) DESC, variant_id DESC""",
        merchant_id=merchant_id,
    )
    now = offers(session, merchant_id, [row[0] for row in rows])
    wishes = (Wish(now[row[0]], from_micros(row[1])) for row in rows if row[0] in now)
    return Wishlist(customer_id, tuple(wishes))


def _marks(session: Session, merchant_id: int, customer_id: int) -> str:
    return ", ".join(map(str, person_ids(session, merchant_id, customer_id)))
