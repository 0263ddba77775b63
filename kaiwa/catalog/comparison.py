"""Products side by side: only what differs is worth a row; what is the same is said once."""

from collections.abc import Sequence

import msgspec

from kaiwa.catalog.product import Product, products
from kaiwa.catalog.stock import free_of
from kaiwa.catalog.translation import in_language, options_in
from kaiwa.catalog.variant import Variant, variants_of_all
from kaiwa.engines.db import Session
from kaiwa.languages.strings import say
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.money import Money

NOTHING = "–"
_OURS = ("brand", "category")


class Column(msgspec.Struct, frozen=True):
    """One product of a comparison: its prices from lowest to highest, None when none is sold."""

    product_id: int
    title: str
    price: Money | None
    highest: Money | None
    in_stock: bool

    def price_label(self, language: Language) -> str:
        """The price as shoppers read it; "from …" when the variants cost different amounts."""
        if self.price is None or self.highest is None:
            return NOTHING
        if self.price == self.highest:
            return self.price.label()
        return say("compare.from", language, price=self.price.label())


class Comparison(msgspec.Struct, frozen=True):
    """The products in the order asked for.

    `differences` has by attribute their values in that order, "" where one has none; `same` has
    what is told of all of them alike.
    """

    columns: tuple[Column, ...]
    differences: dict[str, tuple[str, ...]]
    same: dict[str, str]

    def rows(self, language: Language) -> list[tuple[str, tuple[str, ...]]]:
        """Label and values of each row: price and stock where they differ, then the rest."""
        told = {
            "price": tuple(one.price_label(language) for one in self.columns),
            "stock": tuple(_stock(one, language) for one in self.columns),
        }
        rows = {
            say(f"compare.{name}", language): values
            for name, values in told.items()
            if len(set(values)) > 1
        }
        for name, values in self.differences.items():
            rows[_label(name, language)] = tuple(value or NOTHING for value in values)
        return list(rows.items())

    def folded(self, language: Language) -> list[tuple[str, str]]:
        """Label and value of what all of them share, for one line below the rows."""
        return [(_label(name, language), value) for name, value in self.same.items()]


def compare(
    session: Session,
    merchant_id: int,
    product_ids: Sequence[int],
    language: Language | None = None,
) -> Comparison:
    """The products next to each other in the order asked for, in the words of the language.

    Each of them stands there once.
    """
    found = products(session, merchant_id, list(dict.fromkeys(product_ids)))
    variants = variants_of_all(session, merchant_id, [one.id for one in found])
    sold = [variant.id for some in variants.values() for variant in some]
    free = free_of(session, merchant_id, sold)
    tables = [
        {"brand": one.brand, "category": shown.category, **shown.attributes}
        | _options(one, variants.get(one.id, ()), language)
        for one in found
        for shown in (in_language(one, language),)
    ]
    rows = {
        name: tuple(table.get(name, "") for table in tables)
        for name in dict.fromkeys(name for table in tables for name in table)
    }
    return Comparison(
        tuple(
            _column((one.id, in_language(one, language).title), variants.get(one.id, ()), free)
            for one in found
        ),
        {name: values for name, values in rows.items() if len(set(values)) > 1},
        {name: values[0] for name, values in rows.items() if len(set(values)) == 1 and values[0]},
    )


def _column(who: tuple[int, str], variants: Sequence[Variant], free: dict[int, int]) -> Column:
    prices = sorted((one.price for one in variants), key=lambda price: price.amount_minor)
    there = any(free.get(one.id, 0) > 0 for one in variants)
    return Column(*who, prices[0] if prices else None, prices[-1] if prices else None, there)


def _options(
    product: Product, variants: Sequence[Variant], language: Language | None
) -> dict[str, str]:
    found: dict[str, dict[str, None]] = {}
    for one in variants:
        for name, value in options_in(product, one, language).items():
            found.setdefault(name, {})[value] = None
    return {name: " / ".join(values) for name, values in found.items()}


def _stock(one: Column, language: Language) -> str:
    return say("compare.in_stock" if one.in_stock else "compare.sold_out", language)


def _label(name: str, language: Language) -> str:
    return say(f"compare.{name}", language) if name in _OURS else name
