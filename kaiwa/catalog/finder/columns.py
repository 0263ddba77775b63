"""Price, stock and facets as numpy columns: filtered and counted in memory, visible at once.

Columns are per variant, because "red, M, in stock, under 3,000" must hold of one and the same
variant. SQL is the truth; `load` reads it, and the change feed keeps it fresh.
"""

from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from kaiwa.catalog.finder.ranking import Ints
from kaiwa.catalog.finder.traits import Traits, VariantTraits
from kaiwa.catalog.understanding import Facets, Understood
from kaiwa.catalog.understanding.colours import COLOURS

Flags: TypeAlias = npt.NDArray[np.bool_]

NO_PRICE: Final = 2**62
_BIT: Final = {colour: 1 << at for at, colour in enumerate(COLOURS)}
_GENDER: Final = {"": 0, "m": 1, "f": 2, "k": 4}


class Codes:
    """Words as small numbers; 0 is no word."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {"": 0}

    def of(self, word: str) -> int:
        """The word's number, new or known."""
        return self._codes.setdefault(word, len(self._codes))

    def known(self, word: str) -> int:
        """The word's number, -1 when it was never seen."""
        return self._codes.get(word, -1)

    def words(self) -> list[str]:
        """Every word by its number."""
        return list(self._codes)


_VARIANT: Final = np.dtype(
    [("id", "i8"), ("row", "i4"), ("price", "i8"), ("free", "i4"), ("colour", "i4"), ("size", "i4")]
)
_PRODUCT: Final = np.dtype(
    [("id", "i8"), ("category", "i4"), ("brand", "i4"), ("gender", "i1"), ("shown", "?")]
)


class Columns:
    """All products of one merchant, dense and growing."""

    def __init__(self) -> None:
        self._products: npt.NDArray[Any] = np.zeros(64, _PRODUCT)
        self._variants: npt.NDArray[Any] = np.zeros(64, _VARIANT)
        self._product_count = self._variant_count = 0
        self._rows: dict[int, int] = {}
        self._sorted: Ints = np.zeros(0, np.int64)
        self._order: Ints = np.zeros(0, np.int64)
        self._places: dict[int, int] = {}
        self._of_product: dict[int, list[int]] = {}
        self.categories, self.brands, self.sizes = Codes(), Codes(), Codes()

    def put_product(self, traits: Traits) -> None:
        """Write a product and its variants; variants it no longer has stop counting."""
        row = self._rows.get(traits.product_id)
        if row is None:
            row = self._rows[traits.product_id] = self._product_count
            self._products = _room(self._products, row)
            self._product_count += 1
        self._products[row] = (
            traits.product_id,
            self.categories.of(traits.category),
            self.brands.of(traits.brand),
            sum(_GENDER[one] for one in traits.genders),
            traits.shown,
        )
        for place in self._of_product.pop(row, ()):
            self._variants[place]["row"] = -1
        self._of_product[row] = [self._put_variant(row, one) for one in traits.variants]

    def put_stock(self, variant_id: int, free: int) -> None:
        """Write how many of a variant can be sold now."""
        place = self._places.get(variant_id)
        if place is not None:
            self._variants["free"][place] = free

    def filtered(self, ids: Ints, asked: Understood) -> Ints:
        """Which of these products (by position in `ids`) have a variant with all that is asked."""
        # The spare last place, where unknown products point, fits nothing.
        found: Ints = np.flatnonzero(self._fitting_products(asked)[self._rows_of(ids)])
        return found

    def offers(self, product_id: int, asked: Understood) -> tuple[int, bool] | None:
        """The lowest price among the variants asked for (else of all), and whether one is there."""
        row = self._rows.get(product_id)
        places = self._of_product.get(-1 if row is None else row)
        if not places:
            return None
        variants = self._variants[places]
        fitting = variants[self._fitting(variants, asked)]
        chosen = fitting if len(fitting) else variants
        there = chosen[chosen["free"] > 0]
        return int((there if len(there) else chosen)["price"].min()), bool(len(there))

    def best_variant(self, product_id: int, asked: Understood) -> int | None:
        """The variant to show first: one that was asked for, in stock, at the lowest price."""
        row = self._rows.get(product_id)
        places = self._of_product.get(-1 if row is None else row)
        if not places:
            return None
        variants = self._variants[places]
        fits = self._fitting(variants, asked)
        keys = np.lexsort((np.arange(len(places)), variants["price"], variants["free"] <= 0, ~fits))
        return int(variants["id"][keys[0]])

    def facets(self) -> Facets:
        """What a query can name of this shop."""
        shown = self._variants[: self._variant_count]
        bits = int(np.bitwise_or.reduce(shown["colour"])) if len(shown) else 0
        colours = frozenset(colour for colour, bit in _BIT.items() if bits & bit)
        words = (codes.words()[1:] for codes in (self.brands, self.categories))
        brands, categories = map(tuple, words)
        return Facets(brands, categories, colours, frozenset(self.sizes.words()[1:]))

    def counts(self, ids: Ints) -> dict[str, dict[str, int]]:
        """How many of these products each brand and category has."""
        rows = self._rows_of(ids)
        found = self._products[rows[rows >= 0]]
        return {
            name: _counted(found[name], codes)
            for name, codes in (("category", self.categories), ("brand", self.brands))
        }

    def of_category(self, ids: Ints, category: str) -> Flags:
        """Which of these products are in the category."""
        rows = self._rows_of(ids)
        same: Flags = self._products["category"][rows] == self.categories.known(category)
        return same & (rows >= 0)

    def all_ids(self) -> Ints:
        """Every product that is shown."""
        products = self._products[: self._product_count]
        ids: Ints = products["id"][products["shown"]]
        return ids

    def _rows_of(self, ids: Ints) -> Ints:
        """The row of each product, -1 where it is not known."""
        if len(self._sorted) != self._product_count:
            self._order = np.argsort(self._products["id"][: self._product_count])
            self._sorted = self._products["id"][self._order]
        if not len(self._sorted):
            return np.full(len(ids), -1)
        place = np.minimum(np.searchsorted(self._sorted, ids), len(self._sorted) - 1)
        return np.where(self._sorted[place] == ids, self._order[place], -1)

    def _put_variant(self, row: int, told: VariantTraits) -> int:
        place = self._places.get(told.variant_id)
        if place is None:
            place = self._places[told.variant_id] = self._variant_count
            self._variants = _room(self._variants, place)
            self._variant_count += 1
        colour = sum(_BIT[one] for one in told.colours)
        size = self.sizes.of(told.size)
        self._variants[place] = (told.variant_id, row, told.price, told.free, colour, size)
        return place

    def _fitting(self, variants: npt.NDArray[Any], asked: Understood) -> Flags:
        fits: Flags = variants["row"] >= 0
        if asked.price_min is not None:
            fits &= variants["price"] >= asked.price_min
        if asked.price_max is not None:
            fits &= variants["price"] <= asked.price_max
        if asked.in_stock:
            fits &= variants["free"] > 0
        if asked.colour:
            fits &= (variants["colour"] & sum(_BIT[one] for one in asked.colour)) > 0
        if asked.size is not None:
            fits &= variants["size"] == self.sizes.known(asked.size)
        unwanted = sum(_BIT[one] for one in asked.exclude if one in _BIT)
        if unwanted:
            fits &= (variants["colour"] & unwanted) == 0
        return fits

    def _fitting_products(self, asked: Understood) -> Flags:
        variants = self._variants[: self._variant_count]
        products = self._products[: self._product_count]
        fits: Flags = np.zeros(self._product_count + 1, np.bool_)
        fits[variants["row"][self._fitting(variants, asked)]] = True
        fits[:-1] &= products["shown"]
        if asked.brand is not None:
            fits[:-1] &= products["brand"] == self.brands.known(asked.brand)
        if asked.gender is not None:
            # What is for nobody in particular is for everybody.
            wanted = _GENDER[asked.gender]
            fits[:-1] &= (products["gender"] == 0) | ((products["gender"] & wanted) > 0)
        return fits


def _counted(codes_there: npt.NDArray[Any], codes: Codes) -> dict[str, int]:
    counts = np.bincount(codes_there, minlength=1)
    words = codes.words()
    order = np.argsort(-counts, kind="stable")
    return {words[at]: int(counts[at]) for at in order if at and counts[at]}


def _room(column: npt.NDArray[Any], place: int) -> npt.NDArray[Any]:
    if place < len(column):
        return column
    wider = np.zeros(len(column) * 2, column.dtype)
    wider[: len(column)] = column
    return wider
