"""The shop's terms of sale: the seller (特定商取引法), invoice number, rounding, wraps, returns."""

import msgspec

from kaiwa.engines.db import Session
from kaiwa.orders.invoice_number import checked_invoice_number
from kaiwa.orders.tax import Rounding
from kaiwa.vocabulary.errors import Invalid
from kaiwa.vocabulary.language import Language


class Seller(msgspec.Struct, frozen=True):
    """What the law on mail-order sales wants shown before an order is placed."""

    name: str
    representative: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    hours: str = ""


class Words(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the merchant says of the sale in one language; empty where nothing was said.

    The first four stand for those of `Seller` in a language that is not the shop's own.
    """

    seller: str = ""
    representative: str = ""
    address: str = ""
    hours: str = ""
    prices: str = ""
    fees: str = ""
    payment_time: str = ""
    delivery_time: str = ""
    returns: str = ""
    limits: str = ""


class GiftWrap(msgspec.Struct, frozen=True):
    """A wrapping the shop offers; `titles` by language, the price with tax."""

    code: str
    titles: dict[Language, str]
    amount_minor: int = 0


class Terms(msgspec.Struct, frozen=True):
    """How the shop sells. `return_days` count from delivery; 0 means that nothing is taken back."""

    seller: Seller | None = None
    invoice_number: str | None = None
    rounding: Rounding = "down"
    wraps: tuple[GiftWrap, ...] = ()
    return_days: int = 8
    days_ahead: int = 14
    first_number: int = 1001
    words: dict[Language, Words] = {}
    abandoned_after_minutes: int = 60

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
    """Replace the terms. `Invalid` says which of them cannot be."""
    if new.invoice_number is not None:
        number = checked_invoice_number(new.invoice_number)
        new = msgspec.structs.replace(new, invoice_number=number)
    _possible(new)
    session.run(
        """INSERT INTO shop_terms (merchant_id, body) VALUES (:merchant_id, :body)
        ON CONFLICT (merchant_id) DO UPDATE SET body = excluded.body""",
        merchant_id=merchant_id,
        body=msgspec.json.encode(new).decode(),
    )


def _possible(new: Terms) -> None:
    for name, value, most in (
        ("return_days", new.return_days, 3650),
        ("days_ahead", new.days_ahead, 365),
        ("abandoned_after_minutes", new.abandoned_after_minutes, 60 * 24 * 90),
    ):
        if not 0 <= value <= most:
            raise Invalid(f"{name} is 0 to {most}, not {value}.", field=name)
    if not 1 <= new.first_number < 10**15:
        raise Invalid("The first order number is at least 1.", field="first_number")
    if any(wrap.amount_minor < 0 for wrap in new.wraps):
        raise Invalid("A wrapping costs nothing or more.", field="wraps")
