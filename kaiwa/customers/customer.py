"""A customer: whoever the addresses linked to it belong to."""

from datetime import datetime

import msgspec

from kaiwa.engines.db import Session
from kaiwa.vocabulary.errors import NotFound
from kaiwa.vocabulary.language import Language


class Customer(msgspec.Struct, frozen=True):
    """A person of one merchant."""

    id: int
    merchant_id: int
    name: str | None
    language: Language | None


def new_customer(session: Session, merchant_id: int, now: datetime) -> int:
    """A customer nothing is known of yet; its id."""
    row = session.one(
        """INSERT INTO customer (merchant_id, created_at) VALUES (:merchant_id, :now)
        RETURNING id""",
        merchant_id=merchant_id,
        now=now,
    )
    assert row is not None
    return int(row[0])


def customer(session: Session, merchant_id: int, customer_id: int) -> Customer:
    """One customer of the merchant; `NotFound`."""
    row = session.one(
        """SELECT id, merchant_id, name, language FROM customer
        WHERE id = :id AND merchant_id = :merchant_id""",
        id=customer_id,
        merchant_id=merchant_id,
    )
    if row is None:
        raise NotFound("There is no such customer.")
    return Customer(*row)


def learn_name(session: Session, merchant_id: int, customer_id: int, name: str) -> bool:
    """Take a name told by a channel if none is known yet; whether it was taken."""
    return bool(
        session.run(
            """UPDATE customer SET name = :name
            WHERE id = :id AND merchant_id = :merchant_id AND name IS NULL""",
            name=name[:200],
            id=customer_id,
            merchant_id=merchant_id,
        )
    )


def unlearn_name(session: Session, merchant_id: int, customer_id: int, name: str) -> None:
    """Forget the name if it is still this one: it was lent by a merge that is taken back."""
    session.run(
        """UPDATE customer SET name = NULL
        WHERE id = :id AND merchant_id = :merchant_id AND name = :name""",
        name=name,
        id=customer_id,
        merchant_id=merchant_id,
    )
