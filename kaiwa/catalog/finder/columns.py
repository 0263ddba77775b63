"""Price, stock and facets as numpy columns: filtered and counted in memory, visible at once.

Columns are per variant, because "red, M, in stock, under 3,000" must hold of one and the same
variant. A product's variants lie side by side, so that only those of the candidates are looked at.
SQL is the truth; the change feed keeps this fresh.
"""

from collections.abc import Callable
from typing import Any, Final, TypeAlias

import msgspec
import numpy as np
import numpy.typing as npt

from kaiwa.catalog.finder.codes import Codes
from kaiwa.catalog.finder.places import Places
from kaiwa.catalog.finder.ranking import Ints
from kaiwa.catalog.finder.traits import Traits
from kaiwa.catalog.understanding import Facets, Understood
from kaiwa.catalog.understanding.colours import COLOURS

Flags: TypeAlias = npt.NDArray[np.bool_]
Column: TypeAlias = npt.NDArray[Any]
Bound: TypeAlias = tuple[str, Callable[[Column], Flags]]  # a column of variants, and which will do

MOST_COUNTED: Final = 50  # words of a facet that are told, the most frequent ones
SAMPLE: Final = 2_000  # variants that are enough to tell how narrow a filter is
NO_PRICE: Final = 2**62
_BIT: Final = {colour: 1 << at for at, colour in enumerate(COLOURS)}
_GENDER: Final = {"": 0, "m": 1, "f": 2, "k": 4, "u": 0}
_PRODUCT: Final = {
    "category": np.int32, "brand": np.int32, "gender": np.int8, "shown": np.bool_,
    "first": np.int32, "count": np.int16,
}  # fmt: skip
# A number that is too large for its column makes the column wider; few shops have one.
_VARIANT: Final = {
    "id": np.int32, "row": np.int32, "price": np.int32, "free": np.int16,
    "colour": np.int32, "size": np.int16,
}  # fmt: skip
_WIDTHS: Final = (np.iinfo(np.int16), np.iinfo(np.int32), np.iinfo(np.int64))


class Best(msgspec.Struct, frozen=True):
    """Of each product, the variant to show: its id, its price, whether it is there."""

    variant_ids: Ints
    prices: Ints
    there: Flags


class Columns:
    """All products of one merchant, dense and growing."""

    def __init__(self) -> None:
        self.places = Places()
        self.categories, self.brands, self.sizes = Codes(), Codes(), Codes()
        self._products: dict[str, Column] = {
            name: np.zeros(64, kind) for name, kind in _PRODUCT.items()
        }
        self._variants: dict[str, Column] = {
            name: np.zeros(64, kind) for name, kind in _VARIANT.items()
        }
        self._variant_count = 0
        self._sample: dict[str, Column] | None = None  # as it is now; None after every change
        self._colours = 0
        self._also: dict[str, str] = {}  # the category's name in another language, and its own

    def __len__(self) -> int:
        """How many variants there are, those left behind too."""
        return self._variant_count

    def put_product(self, traits: Traits) -> None:
        """Write a product and its variants; variants it no longer has stop counting."""
        self._sample = None
        row = self.places.row(traits.product_id)
        if row < 0:
            row = self.places.add(traits.product_id)
            self._products = _room(self._products, row)
        product = self._products
        product["category"][row] = self.categories.of(traits.category)
        product["brand"][row] = self.brands.of(traits.brand)
        self._also.update(dict.fromkeys(traits.also, traits.category))
        product["gender"][row] = sum(_GENDER[one] for one in traits.genders)
        product["shown"][row] = traits.shown
        self._put_variants(row, traits)

    def put_stock(self, product_id: int, variant_id: int, free: int) -> None:
        """Write how many of a variant can be sold now."""
        self._sample = None
        row = self.places.row(product_id)
        if row < 0:
            return
        first = int(self._products["first"][row])
        for place in range(first, first + int(self._products["count"][row])):
            if self._variants["id"][place] == variant_id:
                _put(self._variants, "free", place, free)

    def filtered(self, ids: Ints, asked: Understood) -> Ints:
        """Which of these products (by position in `ids`) have a variant with all that is asked."""
        rows = self.places.rows(ids)
        fits = (rows >= 0) & _shown(self._products, rows, self._wanted(asked))
        bounds = self._bounds(asked)
        if not bounds:
            found: Ints = np.flatnonzero(fits & (self._products["count"][rows] > 0))
            return found
        found = np.flatnonzero(fits)
        at, owner = self._of_products(rows[found])
        for name, will_do in bounds:
            left = will_do(self._variants[name][at])
            at, owner = at[left], owner[left]
        fitting = np.zeros(len(found), np.bool_)
        fitting[owner] = True
        return found[fitting]

    def every(self, asked: Understood) -> Ints:
        """The ids of all products that have a variant with all that is asked."""
        rows = len(self.places)
        fits = _shown(self._products, slice(0, rows), self._wanted(asked))
        bounds = self._bounds(asked)
        if bounds:
            there = slice(self._variant_count)
            # All of every column: to pick what is left of one costs as much as to look at it.
            will: Flags = self._variants["row"][there] >= 0
            for name, will_do in bounds:
                will &= will_do(self._variants[name][there])
            of = self._variants["row"][np.flatnonzero(will)]
            fitting = np.zeros(rows, np.bool_)
            fitting[of] = True
        else:
            fitting = self._products["count"][:rows] > 0
        ids: Ints = self.places.ids[np.flatnonzero(fits & fitting)]
        return ids

    def share(self, asked: Understood) -> float:
        """About what part of all variants has all that is asked; of a large shop from some."""
        if not self._variant_count:
            return 0.0
        if self._sample is None:
            self._sample = self._sampled()
        some, all_of = self._sample, slice(None)
        fits = (some["row"] >= 0) & _shown(some, all_of, self._wanted(asked))
        for name, will_do in self._bounds(asked):
            fits &= will_do(some[name])
        return int(np.count_nonzero(fits)) / len(fits)

    def best(self, ids: Ints, asked: Understood) -> Best:
        """Of each product the variant to show: one asked for, in stock, at the lowest price.

        Every product must be known and have a variant.
        """
        rows = self.places.rows(ids)
        at, owner = self._of_products(rows)
        price, gone = self._variants["price"][at], self._variants["free"][at] <= 0
        order = np.lexsort((price, gone, ~self._fitting(at, asked), owner))
        firsts = order[np.searchsorted(owner[order], np.arange(len(rows)))]
        ids = self._variants["id"][at[firsts]].astype(np.int64)
        return Best(ids, price[firsts].astype(np.int64), ~gone[firsts])

    def prices(self, ids: Ints, asked: Understood) -> Ints:
        """The lowest price of each product: of what is asked for and in stock, where it is.

        Every product must be known and have a variant.
        """
        at, owner = self._of_products(self.places.rows(ids))
        starts = np.searchsorted(owner, np.arange(len(ids)))
        price, fits = self._variants["price"][at].astype(np.int64), self._fitting(at, asked)
        there = fits & (self._variants["free"][at] > 0)
        found: Ints = np.minimum.reduceat(np.where(there, price, NO_PRICE), starts)
        for less in (fits, np.ones(len(at), np.bool_)):
            lowest = np.minimum.reduceat(np.where(less, price, NO_PRICE), starts)
            found = np.where(found == NO_PRICE, lowest, found)
        return found

    def facets(self) -> Facets:
        """What a query can name of this shop."""
        colours = frozenset(colour for colour, bit in _BIT.items() if self._colours & bit)
        brands, categories = tuple(self.brands.words[1:]), tuple(self.categories.words[1:])
        sizes, also = frozenset(self.sizes.words[1:]), tuple(self._also.items())
        return Facets(brands, categories, colours, sizes, also)

    def counts(self, ids: Ints) -> dict[str, dict[str, int]]:
        """How many of these products each brand and category has, the most frequent ones."""
        rows = self.places.rows(ids)
        rows = rows[rows >= 0]
        return {
            name: _counted(self._products[name][rows], codes)
            for name, codes in (("category", self.categories), ("brand", self.brands))
        }

    def of_category(self, ids: Ints, category: str) -> Flags:
        """Which of these products are in the category."""
        rows = self.places.rows(ids)
        same: Flags = self._products["category"][rows] == self.categories.known(category)
        return same & (rows >= 0)

    def dump(self) -> tuple[dict[str, Column], dict[str, list[str]]]:
        """All of it as arrays and lists of words, for `Columns.load`."""
        rows, places = len(self.places), self._variant_count
        arrays = {f"product.{name}": column[:rows] for name, column in self._products.items()}
        arrays |= {f"variant.{name}": column[:places] for name, column in self._variants.items()}
        arrays["ids"] = self.places.ids
        words = {"category": self.categories.words, "brand": self.brands.words}
        also = [word for pair in self._also.items() for word in pair]
        return arrays, words | {"size": self.sizes.words, "also": also}

    @classmethod
    def load(cls, arrays: dict[str, Column], words: dict[str, list[str]]) -> "Columns":
        """What `dump` gave. `KeyError` when something is missing."""
        found = cls()
        found.places = Places(arrays["ids"])
        found._products = {name: arrays[f"product.{name}"] for name in _PRODUCT}
        found._variants = {name: _narrow(name, arrays[f"variant.{name}"]) for name in _VARIANT}
        found._variant_count = len(arrays["variant.id"])
        found._colours = int(np.bitwise_or.reduce(found._variants["colour"], initial=0))
        found.categories, found.brands = Codes(words["category"]), Codes(words["brand"])
        found.sizes = Codes(words["size"])
        found._also = dict(zip(words["also"][::2], words["also"][1::2], strict=True))
        return found

    def _put_variants(self, row: int, traits: Traits) -> None:
        first, room = int(self._products["first"][row]), int(self._products["count"][row])
        count = len(traits.variants)
        self._variants["row"][first : first + room] = -1
        if count > room:
            # They must lie side by side: what was outgrown is left behind until the next start.
            first = self._variant_count
            self._variant_count += count
            self._variants = _room(self._variants, self._variant_count)
        for place, one in enumerate(traits.variants, first):
            colour = sum(_BIT[name] for name in one.colours)
            self._colours |= colour
            size = self.sizes.of(one.size)
            told = (one.variant_id, row, one.price, one.free, colour, size)
            for name, value in zip(_VARIANT, told, strict=True):
                _put(self._variants, name, place, value)
        self._products["first"][row], self._products["count"][row] = first, count

    def _of_products(self, rows: Ints) -> tuple[Ints, Ints]:
        """The places of all variants of these rows, and whose each is (by position in `rows`)."""
        counts = self._products["count"][rows]
        owner = np.repeat(np.arange(len(rows)), counts)
        before = np.cumsum(counts) - counts
        places = np.arange(len(owner)) + np.repeat(self._products["first"][rows] - before, counts)
        return places, owner

    def _fitting(self, at: Ints, asked: Understood) -> Flags:
        fits: Flags = np.ones(len(at), np.bool_)
        for name, will_do in self._bounds(asked):
            fits &= will_do(self._variants[name][at])
        return fits

    def _bounds(self, asked: Understood) -> list[Bound]:
        """What one and the same variant must have, the narrowest first as far as one can tell."""
        bounds: list[Bound] = []
        if (most := asked.price_max) is not None:
            bounds.append(("price", lambda prices: prices <= most))
        if asked.colour:
            wanted = sum([_BIT[one] for one in asked.colour])
            bounds.append(("colour", lambda colours: (colours & wanted) != 0))
        if asked.size is not None:
            size = self.sizes.known(asked.size)
            bounds.append(("size", lambda sizes: sizes == size))
        if (least := asked.price_min) is not None:
            bounds.append(("price", lambda prices: prices >= least))
        if asked.in_stock:
            bounds.append(("free", lambda free: free > 0))
        if asked.exclude and (unwanted := sum([_BIT.get(one, 0) for one in asked.exclude])):
            bounds.append(("colour", lambda colours: (colours & unwanted) == 0))
        return bounds

    def _wanted(self, asked: Understood) -> tuple[int | None, int | None]:
        """The brand and the gender that a product must have."""
        brand = None if asked.brand is None else self.brands.known(asked.brand)
        return brand, None if asked.gender is None else _GENDER[asked.gender]

    def _sampled(self) -> dict[str, Column]:
        # An odd step: products often have two or four variants, always in the same order.
        some = slice(0, self._variant_count, (self._variant_count // SAMPLE) | 1)
        sample = {name: column[some].copy() for name, column in self._variants.items()}
        rows = sample["row"]
        return sample | {name: self._products[name][rows] for name in ("shown", "brand", "gender")}


def _shown(
    products: dict[str, Column], rows: Ints | slice, wanted: tuple[int | None, int | None]
) -> Flags:
    fits: Flags = products["shown"][rows]
    brand, gender = wanted
    if brand is not None:
        fits = fits & (products["brand"][rows] == brand)
    if gender is not None:
        # What is for nobody in particular is for everybody.
        told = products["gender"][rows]
        fits = fits & ((told == 0) | ((told & gender) > 0))
    return fits


def bounds_variants(asked: Understood) -> bool:
    """Whether anything is asked that one variant of a product may have and another not."""
    return bool(
        asked.colour
        or asked.size is not None
        or asked.price_min is not None
        or asked.price_max is not None
        or asked.in_stock
        or any(one in _BIT for one in asked.exclude)
    )


def _counted(codes_there: Column, codes: Codes) -> dict[str, int]:
    counts = np.bincount(codes_there)
    counts[:1] = 0
    there = counts.nonzero()[0]
    most = there[(-counts[there]).argsort(kind="stable")[:MOST_COUNTED]].tolist()
    words, often = codes.words, counts.tolist()
    return {words[code]: often[code] for code in most}


def _put(columns: dict[str, Column], name: str, place: int, value: int) -> None:
    try:
        columns[name][place] = value
    except OverflowError:
        column = columns[name]
        columns[name] = column.astype(_wide_enough(column.dtype.itemsize, value, value))
        columns[name][place] = value


def _narrow(name: str, column: Column) -> Column:
    """The column as narrow as it is meant to be, or as all of it needs."""
    low, high = int(column.min(initial=0)), int(column.max(initial=0))
    bytes_meant = np.dtype(_VARIANT[name]).itemsize
    return column.astype(_wide_enough(bytes_meant, low, high), copy=False)


def _wide_enough(least_bytes: int, low: int, high: int) -> np.dtype[Any]:
    return next(
        one.dtype
        for one in _WIDTHS
        if one.dtype.itemsize >= least_bytes and one.min <= low and high <= one.max
    )


def _room(columns: dict[str, Column], places: int) -> dict[str, Column]:
    length = len(next(iter(columns.values())))
    if places < length:
        return columns
    return {name: _wider(column, max(64, places * 3 // 2)) for name, column in columns.items()}


def _wider(column: Column, length: int) -> Column:
    wider = np.zeros(length, column.dtype)
    wider[: len(column)] = column
    return wider
