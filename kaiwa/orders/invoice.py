"""A qualified invoice (適格請求書) of an order, as data: a page or mail only has to write it down.

The tax of each rate is rounded once for the whole document. The date is that of the order, in the
shop's time zone, so that an invoice printed twice says the same.
"""

from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from kaiwa.engines.db import Session
from kaiwa.merchants.merchant import Merchant, merchant
from kaiwa.orders.discount import Discount
from kaiwa.orders.order import Order, order
from kaiwa.orders.tax import RATES_PERCENT
from kaiwa.orders.terms import Seller, terms
from kaiwa.orders.totals import Bill, Part, PartKind
from kaiwa.vocabulary.errors import Conflict

# Stands beside each line of the reduced rate; `say("invoice.reduced", language)` explains it.
MARK: Final = "※"


class InvoiceLine(msgspec.Struct, frozen=True):
    """An article or charge before discounts. `title` is a wrap's code or a rate's name."""

    kind: PartKind
    title: str
    quantity: int
    unit_minor: int
    amount_minor: int
    rate_percent: int
    tax_included: bool
    reduced: bool


class InvoiceDiscount(msgspec.Struct, frozen=True):
    """A discount (positive), and how much of it each rate's lines were lowered by."""

    title: str
    amount_minor: int
    off_by_rate: dict[int, int]


class InvoiceRate(msgspec.Struct, frozen=True):
    """All that is paid at one rate: `gross_minor` is `net_minor` and `tax_minor`."""

    rate_percent: int
    reduced: bool
    gross_minor: int
    net_minor: int
    tax_minor: int


class Invoice(msgspec.Struct, frozen=True):
    """What a qualified invoice has to say; the rates' gross amounts sum to `total_minor`.

    Without a `registration_number` it is a bill but no qualified invoice. `revised` when the order
    has changed since it was placed: the amounts are those after the change.
    """

    number: str
    issuer: Seller
    registration_number: str | None
    dated_on: date
    recipient: str
    currency: str
    lines: tuple[InvoiceLine, ...]
    discounts: tuple[InvoiceDiscount, ...]
    rates: tuple[InvoiceRate, ...]
    total_minor: int
    revised: bool

    @property
    def qualified(self) -> bool:
        """Whether the buyer may deduct the tax by it."""
        return self.registration_number is not None

    @property
    def has_reduced(self) -> bool:
        """Whether a line carries the mark, which then has to be explained."""
        return any(line.reduced for line in self.lines)


def invoice(session: Session, merchant_id: int, order_id: int) -> Invoice:
    """The order's invoice as it stands; `NotFound`, and `Conflict` when it was cancelled."""
    found = order(session, merchant_id, order_id)
    if found.cancelled_at is not None:
        raise Conflict("This order was cancelled: there is nothing to bill.", state="cancelled")
    rules = terms(session, merchant_id)
    owner = merchant(session, merchant_id)
    issuer = rules.seller or Seller(owner.name)
    return _invoice(found, issuer, rules.invoice_number, owner)


def _invoice(found: Order, issuer: Seller, number: str | None, owner: Merchant) -> Invoice:
    bill = found.bill
    rates = tuple(
        InvoiceRate(
            line.rate_percent,
            line.tax_class == "reduced",
            line.gross_minor,
            line.net_minor,
            line.tax_minor,
        )
        for line in found.totals.taxes
        if line.gross_minor or len(found.totals.taxes) == 1
    )
    return Invoice(
        number=found.number,
        issuer=issuer,
        registration_number=number,
        dated_on=found.placed_at.astimezone(ZoneInfo(owner.timezone)).date(),
        recipient=found.name,
        currency=found.currency,
        lines=tuple(_line(part) for part in bill.parts if part.quantity),
        discounts=tuple(_discount(one, bill) for one in bill.discounts if one.amount_minor),
        rates=rates,
        total_minor=found.totals.total_minor,
        revised=found.totals != found.original_totals,
    )


def _line(part: Part) -> InvoiceLine:
    return InvoiceLine(
        part.kind,
        part.title,
        part.quantity,
        part.unit_minor,
        part.amount_minor,
        RATES_PERCENT[part.tax_class],
        part.tax_included,
        part.tax_class == "reduced",
    )


def _discount(one: Discount, bill: Bill) -> InvoiceDiscount:
    off: dict[int, int] = {}
    for part in bill.parts:
        if share := one.shares.get(part.key, 0):
            rate = RATES_PERCENT[part.tax_class]
            off[rate] = off.get(rate, 0) + share
    return InvoiceDiscount(one.title, one.amount_minor, off)
