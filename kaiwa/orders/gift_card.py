"""A gift card: money of a customer that the shop keeps. Its balance is the sum of its entries.

Every movement has a source ("payment:12", "refund:3") and happens once for it. The balance is
lowered in one statement that refuses to pass zero, so two who spend the last of it spend it once.
"""

import secrets
from datetime import datetime
from typing import Any, Final, Literal, TypeAlias

import msgspec

from kaiwa.engines.db import Row, Session
from kaiwa.orders.command import Command, once
from kaiwa.vocabulary.errors import Conflict, Invalid, NotFound
from kaiwa.vocabulary.money import Money
from kaiwa.vocabulary.time import optional_micros, to_micros

EntryKind: TypeAlias = Literal["issued", "spent", "given_back"]

_LETTERS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_MOST_MINOR: Final = 10**12


class IssueGiftCard(msgspec.Struct, frozen=True):
    """Put money on a new card; without a code one is made up that nobody can guess."""

    amount: Money
    customer_id: int | None = None
    code: str = ""
    expires_at: datetime | None = None


class GiftCard(msgspec.Struct, frozen=True):
    """A card with what is on it."""

    id: int
    customer_id: int | None
    code: str
    balance: Money
    expires_at: datetime | None


class Entry(msgspec.Struct, frozen=True):
    """A movement: signed, and where it comes from."""

    kind: EntryKind
    amount_minor: int
    source: str


_COLUMNS: Final = "id, customer_id, code, balance_minor, currency, expires_at"


def issue_gift_card(session: Session, command: Command, request: IssueGiftCard) -> GiftCard:
    """A new card; `Conflict` when there is one with this code."""

    def effect() -> GiftCard:
        if not 0 < request.amount.amount_minor <= _MOST_MINOR:
            raise Invalid("A gift card holds more than nothing.", field="amount")
        row = session.one(
            """INSERT INTO gift_card (merchant_id, customer_id, code, currency, balance_minor,
            expires_at, created_at) VALUES (:merchant_id, :customer, :code, :currency, 0,
            :expires, :now) ON CONFLICT (merchant_id, code) DO NOTHING RETURNING id""",
            merchant_id=command.merchant_id,
            customer=request.customer_id,
            code=plain_code(request.code) or "".join(secrets.choice(_LETTERS) for _ in range(16)),
            currency=request.amount.currency,
            expires=None if request.expires_at is None else to_micros(request.expires_at),
            now=to_micros(command.at),
        )
        if row is None:
            raise Conflict("There is a gift card with this code.", field="code")
        card_id = int(row[0])
        _move(session, command, card_id, Entry("issued", request.amount.amount_minor, "issue"))
        return gift_card(session, command.merchant_id, card_id)

    return once(session, command, request, GiftCard, effect)


def gift_card(session: Session, merchant_id: int, card_id: int) -> GiftCard:
    """The card; `NotFound`."""
    row = session.one(
        f"SELECT {_COLUMNS} FROM gift_card WHERE merchant_id = :merchant_id AND id = :id",
        merchant_id=merchant_id,
        id=card_id,
    )
    if row is None:
        raise NotFound("There is no such gift card.")
    return _card(row)


def gift_card_called(session: Session, merchant_id: int, code: str) -> GiftCard:
    """The card with this code, however it is spaced; `NotFound`."""
    row = session.one(
        f"SELECT {_COLUMNS} FROM gift_card WHERE merchant_id = :merchant_id AND code = :code",
        merchant_id=merchant_id,
        code=plain_code(code),
    )
    if row is None:
        raise NotFound("There is no such gift card.")
    return _card(row)


def entries(session: Session, merchant_id: int, card_id: int) -> list[Entry]:
    """What moved on the card, oldest first; it sums to the balance."""
    rows = session.all(
        """SELECT kind, amount_minor, source FROM gift_card_entry
        WHERE merchant_id = :merchant_id AND gift_card_id = :card ORDER BY id""",
        merchant_id=merchant_id,
        card=card_id,
    )
    return [Entry(*row) for row in rows]


def require_balance(card: GiftCard, amount: Money, at: datetime) -> None:
    """`Conflict` unless the card could pay this now."""
    if card.expires_at is not None and card.expires_at <= at:
        raise Conflict("This gift card has expired.", reason="card_expired")
    if card.balance.currency != amount.currency or card.balance < amount:
        raise Conflict("There is not enough on the gift card.", reason="no_funds")


def spend(session: Session, command: Command, card_id: int, amount: Money, source: str) -> None:
    """Pay from the card; `Conflict`, and nothing changed, when there is not enough on it."""
    require_balance(gift_card(session, command.merchant_id, card_id), amount, command.at)
    _move(session, command, card_id, Entry("spent", -amount.amount_minor, source))


def give_back_to(
    session: Session, command: Command, card_id: int, amount: Money, source: str
) -> None:
    """Put money back on the card."""
    _move(session, command, card_id, Entry("given_back", amount.amount_minor, source))


def card_of_payment(session: Session, merchant_id: int, payment_id: int) -> int | None:
    """The card a payment was made with."""
    row = session.one(
        """SELECT gift_card_id FROM gift_card_entry
        WHERE merchant_id = :merchant_id AND source = :source""",
        merchant_id=merchant_id,
        source=f"payment:{payment_id}",
    )
    return None if row is None else int(row[0])


def plain_code(text: str) -> str:
    """A code as it is kept: capital letters and digits only."""
    return "".join(letter for letter in text.upper() if letter.isalnum())[:64]


def _move(session: Session, command: Command, card_id: int, entry: Entry) -> None:
    fresh = session.run(
        """INSERT INTO gift_card_entry (merchant_id, gift_card_id, kind, amount_minor, source, at)
        VALUES (:merchant_id, :card, :kind, :amount, :source, :now)
        ON CONFLICT (gift_card_id, source) DO NOTHING""",
        merchant_id=command.merchant_id,
        card=card_id,
        kind=entry.kind,
        amount=entry.amount_minor,
        source=entry.source,
        now=to_micros(command.at),
    )
    if not fresh:
        return
    moved = session.run(
        """UPDATE gift_card SET balance_minor = balance_minor + :amount
        WHERE merchant_id = :merchant_id AND id = :id AND balance_minor + :amount >= 0""",
        amount=entry.amount_minor,
        merchant_id=command.merchant_id,
        id=card_id,
    )
    if not moved:
        session.run(
            """DELETE FROM gift_card_entry WHERE merchant_id = :merchant_id
            AND gift_card_id = :card AND source = :source""",
            merchant_id=command.merchant_id,
            card=card_id,
            source=entry.source,
        )
        raise Conflict("There is not enough on the gift card.", reason="no_funds")


def _card(row: Row) -> GiftCard:
    values: list[Any] = [*row[:3], Money(row[3], row[4]), optional_micros(row[5])]
    return GiftCard(*values)
