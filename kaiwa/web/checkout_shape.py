"""A checkout as the chat's panel shows it: typed, read from the records as last quoted."""

from datetime import date

import msgspec

from kaiwa.orders.checkout_record import State
from kaiwa.vocabulary.money import Money
from kaiwa.web.checkout_view import ToldNotice
from kaiwa.web.checkout_visit import Step


class PanelLine(msgspec.Struct, frozen=True):
    """An article; `was` is its price before a change, `quantity` 0 when it cannot be had."""

    variant: int
    title: str
    quantity: int
    amount: Money
    was: Money | None
    reduced: bool
    image_url: str | None
    changes: tuple[str, ...]


class Sum(msgspec.Struct, frozen=True):
    """A line of the totals, but the last."""

    label: str
    amount: Money


class Rated(msgspec.Struct, frozen=True):
    """What is paid at one rate of tax, and the tax in it, in words."""

    paid: str
    tax: str


class KnownAddress(msgspec.Struct, frozen=True):
    """Where something was sent before."""

    name: str
    line: str


class AddressStep(msgspec.Struct, frozen=True):
    """What is in the fields, and what there is to choose from."""

    values: dict[str, str]
    saved: tuple[KnownAddress, ...]
    countries: tuple[tuple[str, str], ...]
    prefectures: tuple[str, ...]


class Sending(msgspec.Struct, frozen=True):
    """A way to send it: its price, its days, its slots as (code, words)."""

    rate: int
    title: str
    amount: Money
    first_day: date
    last_day: date
    slots: tuple[tuple[str, str], ...]


class Wrapping(msgspec.Struct, frozen=True):
    """A wrapping the shop offers."""

    code: str
    title: str
    amount: Money


class DeliveryStep(msgspec.Struct, frozen=True):
    """How and when it is sent, and as a gift or not. `line` is the choice in words."""

    options: tuple[Sending, ...]
    rate: int | None
    day: date | None
    slot: str | None
    line: str
    wraps: tuple[Wrapping, ...]
    wrap: str | None
    message: str


class WayToPay(msgspec.Struct, frozen=True):
    """One way. `refused` is a sentence where it cannot be used; `leaves`: it is paid elsewhere."""

    id: int
    kind: str
    title: str
    note: str
    fee: Money | None
    refused: str
    leaves: bool


class PaymentStep(msgspec.Struct, frozen=True):
    """The ways to pay. `outcomes` are what a test payment may be told to do, as (code, words)."""

    ways: tuple[WayToPay, ...]
    way: int | None
    outcomes: tuple[tuple[str, str], ...]


class Placed(msgspec.Struct, frozen=True):
    """The order that came of it. `rows` say how to pay what is still open, and `link` where."""

    number: str
    words: str
    rows: tuple[tuple[str, str], ...]
    link: str | None
    until: str
    url: str


class PanelCheckout(msgspec.Struct, frozen=True):
    """All the panel shows. `step` is the first that is not done; `points` are those of the law."""

    id: int
    version: int
    state: State
    step: Step
    lines: tuple[PanelLine, ...]
    sums: tuple[Sum, ...]
    total: Money
    taxes: tuple[Rated, ...]
    notices: tuple[ToldNotice, ...]
    address: AddressStep
    delivery: DeliveryStep
    payment: PaymentStep
    points: tuple[str, ...]
    legal_url: str
    page_url: str
    pay_url: str | None
    until: str
    order: Placed | None
