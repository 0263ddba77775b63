"""Products side by side: only what differs is worth a row."""

from collections.abc import Sequence

import msgspec

from kaiwa.catalog.product import Product, products
from kaiwa.catalog.translation import in_language, options_in
from kaiwa.catalog.variant import Variant, variants_of_all
from kaiwa.engines.db import Session
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.money import Money


class Column(msgspec.Struct, frozen=True):
    """One product of a comparison with its lowest price, None when no variant is sold."""

    product_id: int
    title: str
    price: Money | None


class Comparison(msgspec.Struct, frozen=True):
    """The products, and by attribute their values in the same order; "" where one has none."""

    columns: tuple[Column, ...]
    differences: dict[str, tuple[str, ...]]


def compare(
    session: Session,
    merchant_id: int,
    product_ids: Sequence[int],
    language: Language | None = None,
) -> Comparison:
    """The products next to each other in the order asked for, in the words of the language."""
    found = products(session, merchant_id, list(dict.fromkeys(product_ids)))
    variants = variants_of_all(session, merchant_id, [one.id for one in found])
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
            Column(one.id, in_language(one, language).title, _lowest(variants.get(one.id, ())))
            for one in found
        ),
        {name: values for name, values in rows.items() if len(set(values)) > 1},
    )


def _options(
    product: Product, variants: Sequence[Variant], language: Language | None
) -> dict[str, str]:
    found: dict[str, dict[str, None]] = {}
    for one in variants:
        for name, value in options_in(product, one, language).items():
            found.setdefault(name, {})[value] = None
    return {name: " / ".join(values) for name, values in found.items()}


def _lowest(variants: Sequence[Variant]) -> Money | None:
    return min((one.price for one in variants), default=None, key=lambda price: price.amount_minor)
