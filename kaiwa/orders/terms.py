"""The shop's terms of sale: the seller (特定商取引法), invoice number, rounding, wraps, returns."""

import re
from typing import Final

import msgspec

from kaiwa.engines.db import Session
from kaiwa.orders.tax import Rounding
from kaiwa.vocabulary.errors import Invalid
from kaiwa.vocabulary.language import Language

_INVOICE_NUMBER: Final = re.compile(r"T[0-9]{13}")


class Seller(msgspec.Struct, frozen=True):
    """What the law on mail-order sales wants shown before an order is placed."""

    name: str
    representative: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    hours: str = ""


class GiftWrap(msgspec.Struct, frozen=True):
    """A wrapping the shop offers; `titles` by language, the price with tax."""

    code: str
    titles: dict[Language, str]
    amount_minor: int = 0


class Terms(msgspec.Struct, frozen=True):
    """How the shop sells. `return_days` count from delivery; 0 means that nothing is taken back.

    With `cancel_reasons`, a customer gives one of them. With `return_delivered_only`, a return can
    be asked for once everything has arrived.
    """

    seller: Seller | None = None
    invoice_number: str | None = None
    rounding: Rounding = "down"
    wraps: tuple[GiftWrap, ...] = ()
    return_days: int = 8
    days_ahead: int = 14
    first_number: int = 1001
    cancel_reasons: tuple[str, ...] = ()
    return_delivered_only: bool = False

    def wrap(self, code: str) -> GiftWrap:
        """The wrapping with this code; `Invalid` names the ones there are."""
        for one in self.wraps:
            if one.code == code:
                return one
        names = ", ".join(one.code for one in self.wraps) or "none"
        raise Invalid(f"There is no gift wrap {code!r}. There are: {names}.")


def terms(session: Session, merchant_id: int) -> Terms:
    """The merchant's terms; the defaults where nothing was set."""
    row = session.one(
        "SELECT body FROM shop_terms WHERE merchant_id = :merchant_id", merchant_id=merchant_id
    )
    return Terms() if row is None else msgspec.json.decode(row[0], type=Terms)


def set_terms(session: Session, merchant_id: int, new: Terms) -> None:
    """Replace the terms. `Invalid` when the invoice number is not T and 13 digits."""
    if new.invoice_number is not None and not _INVOICE_NUMBER.fullmatch(new.invoice_number):
        raise Invalid("A qualified invoice number is T and 13 digits, such as T1234567890123.")
    session.run(
        """INSERT INTO shop_terms (merchant_id, body) VALUES (:merchant_id, :body)
        ON CONFLICT (merchant_id) DO UPDATE SET body = excluded.body""",
        merchant_id=merchant_id,
        body=msgspec.json.encode(new).decode(),
    )
