"""What a shopper's words ask for besides the thing itself: price, colour, size, brand, not that."""

from typing import Literal, TypeAlias

import msgspec

from kaiwa.vocabulary.language import Language

Order: TypeAlias = Literal["price_asc", "price_desc", "rated", "popular", "new"]
Gender: TypeAlias = Literal["m", "f", "k", "u"]


class Understood(msgspec.Struct, frozen=True, omit_defaults=True):
    """The constraints of a query, and in `terms` the words that are left to match.

    Prices are whole minor units of the shop's currency; None where nothing was asked.
    """

    language: Language
    terms: str
    price_min: int | None = None
    price_max: int | None = None
    colour: tuple[str, ...] = ()
    size: str | None = None
    gender: Gender | None = None
    category: str | None = None
    brand: str | None = None
    in_stock: bool = False
    order: Order | None = None
    exclude: tuple[str, ...] = ()
    purpose: tuple[str, ...] = ()
    age_months: int | None = None


class Facets(msgspec.Struct, frozen=True, dict=True):
    """What the shop's catalog knows: a constraint outside of it becomes text again."""

    brands: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    colours: frozenset[str] = frozenset()
    sizes: frozenset[str] = frozenset()
    also: tuple[tuple[str, str], ...] = ()  # a category's name in another language, and its own
