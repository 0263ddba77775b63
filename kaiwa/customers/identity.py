"""An identity: one address of a person. Its link to a customer carries evidence and can be ended.

How strong the evidence is and what it allows is said in `grade`.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from kaiwa.customers.customer import new_customer
from kaiwa.customers.grade import PERMITS, Grade, Permit
from kaiwa.engines.db import Row, Session
from kaiwa.vocabulary.address import Address
from kaiwa.vocabulary.errors import NotFound
from kaiwa.vocabulary.time import optional_micros


class Identity(msgspec.Struct, frozen=True):
    """An address with the customer it is linked to now."""

    id: int
    merchant_id: int
    inbox_id: int
    channel: str
    kind: str
    value: str
    label: str | None
    customer_id: int
    grade: Grade
    blocked_at: datetime | None
    last_inbound_at: datetime | None

    @property
    def address(self) -> Address:
        """Where to write to."""
        return Address(self.inbox_id, self.kind, self.value)

    def permits(self, permit: Permit) -> bool:
        """Whether the evidence for its being the customer's is enough for this."""
        return permit in PERMITS[self.grade]


class Evidence(msgspec.Struct, frozen=True):
    """Why an address is believed to be a customer's: how strong, in what words, by whom."""

    grade: Grade
    words: str
    by: str


_SELECT = """SELECT i.id, i.merchant_id, i.inbox_id, b.channel, i.kind, i.value, i.label,
    l.customer_id, l.grade, i.blocked_at, i.last_inbound_at
    FROM identity i
    JOIN inbox b ON b.id = i.inbox_id AND b.merchant_id = i.merchant_id
    JOIN identity_link l ON l.identity_id = i.id AND l.ended_at IS NULL"""

FIRST_SEEN = Evidence("first_seen", "wrote for the first time", "system")


def resolve(session: Session, merchant_id: int, address: Address, now: datetime) -> Identity:
    """The identity at an address; a new one gets a customer of its own.

    Its link is held: nobody merges its customer away before this transaction ends. `NotFound`
    when the merchant has no such inbox.
    """
    held = f"{session.lock} OF l" if session.lock else ""
    known = at_address(session, merchant_id, address, held)
    if known is not None:
        return known
    identity_id = _new_identity(session, merchant_id, address, now)
    if identity_id is not None:
        customer_id = new_customer(session, merchant_id, now)
        _link(session, merchant_id, (identity_id, customer_id), FIRST_SEEN, now)
    found = at_address(session, merchant_id, address, held)
    if found is None:
        raise NotFound("There is no such inbox.")
    return found


def link_address(
    session: Session, address: Address, whose: Identity, evidence: Evidence, now: datetime
) -> None:
    """The address is that person's from now on; one that nobody had makes no customer of its own.

    `NotFound` when the merchant has no such inbox.
    """
    merchant_id = whose.merchant_id
    known = at_address(session, merchant_id, address)
    if known is None:
        identity_id = _new_identity(session, merchant_id, address, now)
        if identity_id is not None:
            _link(session, merchant_id, (identity_id, whose.customer_id), evidence, now)
            return
        known = at_address(session, merchant_id, address)
    if known is None:
        raise NotFound("There is no such inbox.")
    relink(session, known, whose.customer_id, evidence, now)


def identity(session: Session, merchant_id: int, identity_id: int) -> Identity:
    """One identity of the merchant; `NotFound`."""
    row = session.one(
        f"{_SELECT} WHERE i.id = :id AND i.merchant_id = :merchant_id",
        id=identity_id,
        merchant_id=merchant_id,
    )
    if row is None:
        raise NotFound("There is no such address.")
    return _identity(row)


def identities(session: Session, merchant_id: int, customer_id: int) -> list[Identity]:
    """The customer's addresses, the one spoken on last first."""
    rows = session.all(
        f"""{_SELECT} WHERE l.customer_id = :customer AND i.merchant_id = :merchant_id
        ORDER BY COALESCE(i.last_inbound_at, 0) DESC, i.id""",
        customer=customer_id,
        merchant_id=merchant_id,
    )
    return [_identity(row) for row in rows]


def identity_ids(session: Session, merchant_id: int, customer_id: int) -> list[int]:
    """The ids of the customer's addresses, in no order."""
    rows = session.all(
        """SELECT identity_id FROM identity_link WHERE customer_id = :customer
        AND merchant_id = :merchant_id AND ended_at IS NULL""",
        customer=customer_id,
        merchant_id=merchant_id,
    )
    return [row[0] for row in rows]


def relink(
    session: Session,
    found: Identity,
    customer_id: int,
    evidence: Evidence,
    now: datetime,
) -> None:
    """End the identity's link and begin one to another customer. The old link stays on record."""
    if found.customer_id == customer_id and found.grade == evidence.grade:
        return
    session.run(
        """UPDATE identity_link SET ended_at = :now, ended_by = :by
        WHERE identity_id = :id AND merchant_id = :merchant_id AND ended_at IS NULL""",
        now=now,
        by=evidence.by,
        id=found.id,
        merchant_id=found.merchant_id,
    )
    _link(session, found.merchant_id, (found.id, customer_id), evidence, now)


def heard_from(session: Session, found: Identity, now: datetime) -> None:
    """The person wrote: the address lives, and whoever writes has not blocked us."""
    session.run(
        """UPDATE identity SET last_inbound_at = :now, blocked_at = NULL
        WHERE id = :id AND merchant_id = :merchant_id""",
        now=now,
        id=found.id,
        merchant_id=found.merchant_id,
    )


def set_blocked(session: Session, found: Identity, blocked_at: datetime | None) -> None:
    """The person blocked the shop's account, or let it in again (None)."""
    session.run(
        """UPDATE identity SET blocked_at = :at WHERE id = :id AND merchant_id = :merchant_id""",
        at=blocked_at,
        id=found.id,
        merchant_id=found.merchant_id,
    )


def set_label(session: Session, found: Identity, label: str) -> None:
    """How people see this address: the profile's name."""
    session.run(
        "UPDATE identity SET label = :label WHERE id = :id AND merchant_id = :merchant_id",
        label=label[:200],
        id=found.id,
        merchant_id=found.merchant_id,
    )


def link_history(session: Session, merchant_id: int, identity_id: int) -> Sequence[Row]:
    """Every link the identity ever had: customer, grade, words, from, by, until, ended by."""
    return session.all(
        """SELECT customer_id, grade, evidence, linked_at, linked_by, ended_at, ended_by
        FROM identity_link WHERE identity_id = :id AND merchant_id = :merchant_id ORDER BY id""",
        id=identity_id,
        merchant_id=merchant_id,
    )


def at_address(
    session: Session, merchant_id: int, address: Address, lock: str = ""
) -> Identity | None:
    """The identity at an address, or None when nobody wrote from there yet."""
    row = session.one(
        f"""{_SELECT} WHERE i.inbox_id = :inbox AND i.kind = :kind AND i.value = :value
        AND i.merchant_id = :merchant_id{lock}""",
        inbox=address.inbox_id,
        kind=address.kind,
        value=address.value,
        merchant_id=merchant_id,
    )
    return None if row is None else _identity(row)


def _new_identity(
    session: Session, merchant_id: int, address: Address, now: datetime
) -> int | None:
    """The id of the address when it is new, and None when it is known."""
    row = session.one(
        """INSERT INTO identity (merchant_id, inbox_id, kind, value, created_at)
        VALUES (:merchant_id, :inbox, :kind, :value, :now)
        ON CONFLICT (inbox_id, kind, value) DO NOTHING RETURNING id""",
        merchant_id=merchant_id,
        inbox=address.inbox_id,
        kind=address.kind,
        value=address.value,
        now=now,
    )
    return None if row is None else int(row[0])


def _link(
    session: Session,
    merchant_id: int,
    ends: tuple[int, int],
    evidence: Evidence,
    now: datetime,
) -> None:
    session.run(
        """INSERT INTO identity_link
        (merchant_id, identity_id, customer_id, grade, evidence, linked_at, linked_by)
        VALUES (:merchant_id, :identity, :customer, :grade, :words, :now, :by)""",
        merchant_id=merchant_id,
        identity=ends[0],
        customer=ends[1],
        grade=evidence.grade,
        words=evidence.words,
        now=now,
        by=evidence.by,
    )


def _identity(row: Row) -> Identity:
    values: list[Any] = [*row[:9], optional_micros(row[9]), optional_micros(row[10])]
    return Identity(*values)
