"""Slots: what an act needs to know, each a type of its own that was validated when it was read.

The tag (`name_of`) is the slot's name in flows, in `asks_for` and in stored state.
"""

import datetime as dt
import re
from typing import Final, Literal, TypeAlias

import msgspec

from kaiwa.catalog.understanding import Gender, Order

_COLOUR: Final = re.compile(r"colou?r|色|カラー", re.IGNORECASE)
_SIZE: Final = re.compile(r"size|サイズ|寸法|\bwaist\b|ウエスト", re.IGNORECASE)


class Quantity(msgspec.Struct, frozen=True, tag="quantity", tag_field="slot"):
    """How many, 0 and more. `relative` adds to what is there ("one more", -1: "one less")."""

    count: int
    relative: bool = False


class Size(msgspec.Struct, frozen=True, tag="size", tag_field="slot"):
    """A size in the catalog's one spelling: "M", "27cm"."""

    text: str


class Colour(msgspec.Struct, frozen=True, tag="colour", tag_field="slot"):
    """A colour by its canonical English name: "red"."""

    name: str


class Option(msgspec.Struct, frozen=True, tag="option", tag_field="slot"):
    """Another option value as the shop writes it; `name` is the option's ("容量")."""

    name: str
    value: str


class Price(msgspec.Struct, frozen=True, tag="price", tag_field="slot"):
    """Price bounds in minor units of the shop's currency; at least one is set."""

    low: int | None = None
    high: int | None = None


class Brand(msgspec.Struct, frozen=True, tag="brand", tag_field="slot"):
    """A brand as the shop writes it."""

    name: str


class Category(msgspec.Struct, frozen=True, tag="category", tag_field="slot"):
    """A category as the shop writes it."""

    name: str


class Product(msgspec.Struct, frozen=True, tag="product", tag_field="slot"):
    """Products named in the text by the gazetteer, likeliest first; several are undecided."""

    ids: tuple[int, ...]


class Query(msgspec.Struct, frozen=True, tag="query", tag_field="slot"):
    """The words that are sought, without the constraints that other slots hold."""

    text: str


class Exclude(msgspec.Struct, frozen=True, tag="exclude", tag_field="slot"):
    """What is not wanted: canonical colours and words."""

    words: tuple[str, ...]


class Sorted(msgspec.Struct, frozen=True, tag="order", tag_field="slot"):
    """The order asked for."""

    by: Order


class ForWhom(msgspec.Struct, frozen=True, tag="gender", tag_field="slot"):
    """Whom it is for, and how old in months who it is."""

    gender: Gender
    age_months: int | None = None


class InStock(msgspec.Struct, frozen=True, tag="in_stock", tag_field="slot"):
    """Only what can be had now."""


class Purpose(msgspec.Struct, frozen=True, tag="purpose", tag_field="slot"):
    """What it is wanted for, by the names of `catalog/understanding/purposes.py`."""

    names: tuple[str, ...]


class NoMatter(msgspec.Struct, frozen=True, tag="no_matter", tag_field="slot"):
    """It does not matter: the slot of that name, or whatever was asked when there is no name."""

    of: str = ""


class OrderNumber(msgspec.Struct, frozen=True, tag="order_number", tag_field="slot"):
    """An order's number as shoppers copy it: upper case, without "#" and spaces."""

    text: str


class Email(msgspec.Struct, frozen=True, tag="email", tag_field="slot"):
    """An e-mail address, lower case."""

    address: str


class Phone(msgspec.Struct, frozen=True, tag="phone", tag_field="slot"):
    """A phone number, digits only with a "+" where one was written."""

    digits: str


class PostalCode(msgspec.Struct, frozen=True, tag="postal_code", tag_field="slot"):
    """A postal code: "150-0001" in Japan, five or nine digits in the USA."""

    text: str


class CouponCode(msgspec.Struct, frozen=True, tag="coupon", tag_field="slot"):
    """A coupon's code, upper case."""

    text: str


class Day(msgspec.Struct, frozen=True, tag="day", tag_field="slot"):
    """A calendar day; relative words were counted from the day of the turn."""

    date: dt.date


class Clock(msgspec.Struct, frozen=True, tag="time", tag_field="slot"):
    """A time of day, or a span of it when `until` is set ("午前中", "2-4pm")."""

    at: dt.time
    until: dt.time | None = None


class Written(msgspec.Struct, frozen=True, tag="text", tag_field="slot"):
    """The shopper's own words, as the answer to an open question that takes any ("address")."""

    text: str


Slot: TypeAlias = (
    Quantity
    | Size
    | Colour
    | Option
    | Price
    | Brand
    | Category
    | Product
    | Query
    | Exclude
    | Sorted
    | ForWhom
    | InStock
    | Purpose
    | NoMatter
    | OrderNumber
    | Email
    | Phone
    | PostalCode
    | CouponCode
    | Day
    | Clock
    | Written
)
SlotName: TypeAlias = Literal[
    "quantity",
    "size",
    "colour",
    "option",
    "price",
    "brand",
    "category",
    "product",
    "query",
    "exclude",
    "order",
    "gender",
    "in_stock",
    "purpose",
    "no_matter",
    "order_number",
    "email",
    "phone",
    "postal_code",
    "coupon",
    "day",
    "time",
    "address",
    "choice",
    "text",
    "reason",
    "item",
    "variant",
    "payment",
    "rating",
]


def name_of(slot: Slot) -> str:
    """The slot's name."""
    return str(type(slot).__struct_config__.tag)


def kind_of(slot: Slot) -> str:
    """What a later value of the same kind stands in the place of: one option, not every option."""
    if not isinstance(slot, Option):
        return name_of(slot)
    if _COLOUR.search(slot.name):
        return "colour"
    return "size" if _SIZE.search(slot.name) else f"option {slot.name}"
