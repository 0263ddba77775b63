"""The goods as the pages show them: read from the catalog, in one language."""

from collections.abc import Sequence
from typing import Final

import msgspec

from kaiwa.catalog.product import Product, changed_products
from kaiwa.catalog.stock import free_of
from kaiwa.catalog.translation import in_language, options_in
from kaiwa.catalog.variant import variants_of_all
from kaiwa.engines.db import Session
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.money import Money

FEW: Final = 3
_EVERY: Final = 1_000


class Choice(msgspec.Struct, frozen=True):
    """A variant to choose: its options in the page's language, its picture and what is left."""

    sku: str
    options: tuple[tuple[str, str], ...]
    paint: str
    price: Money
    before: Money | None
    reduced: bool
    left: int

    @property
    def name(self) -> str:
        """The values of its options."""
        return " ".join(value for _, value in self.options)


class Good(msgspec.Struct, frozen=True):
    """A product of a page; `department` is its tag in the shop's own language."""

    product: Product
    department: str
    marks: frozenset[str]
    choices: tuple[Choice, ...]

    @property
    def cheapest(self) -> Choice:
        """The choice whose price a card shows."""
        return min(self.choices, key=lambda one: one.price.amount_minor)

    @property
    def first(self) -> Choice:
        """The choice that a page begins with: one that is there."""
        return next((one for one in self.choices if one.left), self.choices[0])

    @property
    def many_prices(self) -> bool:
        """Whether its choices cost differently."""
        return len({one.price for one in self.choices}) > 1


def goods(session: Session, merchant_id: int, language: Language) -> list[Good]:
    """Everything on sale, in the order it was taken in."""
    found = changed_products(session, merchant_id, -1, limit=_EVERY)
    shown = sorted((one for one in found if one.status == "active"), key=lambda one: one.id)
    variants = variants_of_all(session, merchant_id, [one.id for one in shown])
    ids = [variant.id for some in variants.values() for variant in some]
    free = free_of(session, merchant_id, ids)
    return [
        Good(
            in_language(one, language),
            one.tags[0] if one.tags else "",
            frozenset(one.tags),
            tuple(
                Choice(
                    variant.sku or "",
                    tuple(options_in(one, variant, language).items()),
                    _paint(one, variant.options.get("色", "")),
                    variant.price,
                    variant.compare_at,
                    variant.tax_class == "reduced",
                    free.get(variant.id, 0),
                )
                for variant in variants[one.id]
            ),
        )
        for one in shown
        if variants.get(one.id)
    ]


def related(one: Good, others: Sequence[Good], most: int = 4) -> list[Good]:
    """What shares the most with it and can be bought; its own kind counts twice."""

    def alike(other: Good) -> tuple[int, int]:
        kind = 2 * (other.product.category == one.product.category)
        return (kind + len(one.marks & other.marks), -other.product.id)

    able = [other for other in others if other is not one and other.first.left]
    return sorted(able, key=alike, reverse=True)[:most]


def picture_of(good: Good, choice: Choice) -> str:
    """The picture of a choice."""
    name = good.product.handle + (f"-{choice.paint}" if choice.paint else "")
    return f"/pictures/{name}.svg"


def _paint(product: Product, colour: str) -> str:
    """The paint that the picture of this colour is done in, as its file is named."""
    for image in product.images:
        if colour and image.alt.endswith(f" {colour}"):
            name = image.url.rpartition("/")[2].removesuffix(".svg")
            return name.removeprefix(product.handle).removeprefix("-")
    return ""
