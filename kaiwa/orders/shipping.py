"""What sending costs: rates by region and weight, free from a threshold, and when it arrives."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from kaiwa.carriers import carrier
from kaiwa.engines.db import Row, Session
from kaiwa.orders.address import PREFECTURES, PostalAddress
from kaiwa.orders.tax import TaxClass
from kaiwa.orders.totals import Part
from kaiwa.vocabulary.errors import Invalid, NotFound
from kaiwa.vocabulary.time import to_micros

_COLUMNS = (
    "name, carrier, country, regions, over_g, up_to_g, amount_minor, free_from_minor,"
    " tax_class, tax_included, days, id"
)


class Rate(msgspec.Struct, frozen=True):
    """What a merchant sets. No `regions` means the whole country; `days` from order to door.

    It is for parcels heavier than `over_g`, up to and with `up_to_g`.
    """

    name: str
    carrier: str = "generic"
    country: str = "JP"
    regions: tuple[str, ...] = ()
    over_g: int = -1
    up_to_g: int | None = None
    amount_minor: int = 0
    free_from_minor: int | None = None
    tax_class: TaxClass = "standard"
    tax_included: bool = True
    days: int = 2
    id: int = 0


class Parcel(msgspec.Struct, frozen=True):
    """What a rate depends on: where to, how heavy, how much the goods cost after discounts."""

    country: str
    region: str
    weight_g: int
    goods_minor: int


class Option(msgspec.Struct, frozen=True):
    """A way to send it now, for this much."""

    rate_id: int
    title: str
    carrier: str
    amount_minor: int
    slots: tuple[str, ...]
    first_day: date
    last_day: date


class Delivery(msgspec.Struct, frozen=True):
    """When the shopper wants it: a day, a time slot of the carrier, both or neither."""

    day: date | None = None
    slot: str | None = None


def add_rate(session: Session, merchant_id: int, rate: Rate) -> int:
    """Offer another rate, after those there are; its id. `Invalid` names what cannot be."""
    carrier(rate.carrier)
    _possible(rate)
    if unknown := [one for one in rate.regions if rate.country == "JP" and one not in PREFECTURES]:
        raise Invalid(f"There is no prefecture {unknown[0]!r}.")
    values = msgspec.structs.asdict(rate) | {
        "regions": msgspec.json.encode(rate.regions).decode(),
        "tax_included": int(rate.tax_included),
    }
    del values["id"]
    row = session.one(
        f"""INSERT INTO shipping_rate (merchant_id, {", ".join(values)}, position)
        VALUES (:merchant_id, {", ".join(f":{name}" for name in values)},
        (SELECT COALESCE(max(position), 0) + 1 FROM shipping_rate
        WHERE merchant_id = :merchant_id)) RETURNING id""",
        merchant_id=merchant_id,
        **values,
    )
    assert row is not None
    return int(row[0])


def _possible(rate: Rate) -> None:
    if not rate.name.strip():
        raise Invalid("A rate needs a name, such as 宅急便.", field="name")
    if not re.fullmatch(r"[A-Z]{2}", rate.country):
        raise Invalid(f"A country is two letters such as JP, not {rate.country!r}.")
    if min(rate.amount_minor, rate.days, rate.free_from_minor or 0) < 0:
        raise Invalid("A rate's amount, threshold and days are not negative.")
    if rate.up_to_g is not None and rate.up_to_g <= max(rate.over_g, 0):
        raise Invalid("A rate is for parcels from over some grams up to more grams than that.")


def end_rate(session: Session, merchant_id: int, rate_id: int, now: datetime) -> bool:
    """Offer it no more, orders that used it keep it; False when it was not offered."""
    return (
        session.run(
            """UPDATE shipping_rate SET ended_at = :now
        WHERE merchant_id = :merchant_id AND id = :id AND ended_at IS NULL""",
            now=to_micros(now),
            merchant_id=merchant_id,
            id=rate_id,
        )
        > 0
    )


def rates_for(session: Session, merchant_id: int, parcel: Parcel) -> list[Rate]:
    """The rates that take the parcel, in the merchant's order."""
    rows = session.all(
        f"""SELECT {_COLUMNS} FROM shipping_rate WHERE merchant_id = :merchant_id
        AND country = :country AND ended_at IS NULL AND over_g < :weight
        AND (up_to_g IS NULL OR up_to_g >= :weight) ORDER BY position, id""",
        merchant_id=merchant_id,
        country=parcel.country,
        weight=parcel.weight_g,
    )
    found = [_rate(row) for row in rows]
    return [rate for rate in found if not rate.regions or parcel.region in rate.regions]


def all_rates(session: Session, merchant_id: int) -> list[Rate]:
    """Every rate that is offered, in the merchant's order."""
    rows = session.all(
        f"""SELECT {_COLUMNS} FROM shipping_rate
        WHERE merchant_id = :merchant_id AND ended_at IS NULL ORDER BY position, id""",
        merchant_id=merchant_id,
    )
    return [_rate(row) for row in rows]


def rate(session: Session, merchant_id: int, rate_id: int) -> Rate:
    """One rate, offered or ended; `NotFound`."""
    row = session.one(
        f"SELECT {_COLUMNS} FROM shipping_rate WHERE merchant_id = :merchant_id AND id = :id",
        merchant_id=merchant_id,
        id=rate_id,
    )
    if row is None:
        raise NotFound("There is no such way to send it.")
    return _rate(row)


def price_of(rate: Rate, parcel: Parcel) -> int:
    """What it costs to send the parcel by this rate."""
    free = rate.free_from_minor is not None and parcel.goods_minor >= rate.free_from_minor
    return 0 if free else rate.amount_minor


def option(rate: Rate, parcel: Parcel, leaves: date, days_ahead: int) -> Option:
    """The rate as the shopper may choose it; the parcel can be packed on the day `leaves`."""
    first = leaves + timedelta(days=rate.days)
    return Option(
        rate.id,
        rate.name,
        rate.carrier,
        price_of(rate, parcel),
        carrier(rate.carrier).slots,
        first,
        first + timedelta(days=days_ahead),
    )


def shipping_part(rate: Rate, parcel: Parcel) -> Part:
    """Sending as something to pay for."""
    amount = price_of(rate, parcel)
    included, kind = rate.tax_included, rate.tax_class
    return Part("shipping", "shipping", amount, 1, kind, included, rate.name)


def parcel_to(address: PostalAddress, weights_g: Sequence[int], goods_minor: int) -> Parcel:
    """The parcel that goes to the address."""
    return Parcel(address.country, address.region, sum(weights_g), goods_minor)


def _rate(row: Row) -> Rate:
    values: list[Any] = [*row[:3], msgspec.json.decode(row[3], type=tuple[str, ...]), *row[4:9]]
    return Rate(*[*values, bool(row[9]), row[10], row[11]])
