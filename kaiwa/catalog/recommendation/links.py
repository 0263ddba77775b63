"""Links from one product to others with a weight, in few bytes: each row is a slice of arrays."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from kaiwa.catalog.recommendation.trail import Floats, Ints

WIDEST: Final = 200


class Links:
    """Weights from products to products; of each row the `WIDEST` heaviest are kept."""

    def __init__(self, codes: Ints, pairs: tuple[Ints, Ints, Floats]) -> None:
        self._codes = codes
        rows, columns, weights = _summed(len(codes), *pairs)
        order = np.lexsort((-weights, rows))
        rows, columns, weights = rows[order], columns[order], weights[order]
        starts = np.searchsorted(rows, np.arange(len(codes) + 1))
        kept = np.arange(len(rows)) - starts[rows] < WIDEST
        self._columns = columns[kept].astype(np.int32)
        self._weights = weights[kept].astype(np.float32)
        self._starts = np.searchsorted(rows[kept], np.arange(len(codes) + 1))

    def of(self, code: int) -> tuple[Ints, Floats]:
        """The codes one product leads to, heaviest first, and their weights."""
        begin, end = self._starts[code], self._starts[code + 1]
        return self._columns[begin:end].astype(np.int64), self._weights[begin:end].astype(float)

    def size(self) -> int:
        """How many links there are."""
        return len(self._columns)


def best(found: Sequence[tuple[Ints, Floats]], most: int) -> list[tuple[int, float]]:
    """Codes with the sum of their weights, heaviest first; ties by code."""
    if not found:
        return []
    codes, places = np.unique(np.concatenate([one[0] for one in found]), return_inverse=True)
    sums = np.bincount(places, np.concatenate([one[1] for one in found]), len(codes))
    order = np.argsort(-sums, kind="stable")[:most]
    return list(zip(codes[order].tolist(), sums[order].tolist(), strict=True))


def _summed(count: int, rows: Ints, columns: Ints, weights: Floats) -> tuple[Ints, Ints, Floats]:
    keys, places = np.unique(rows * count + columns, return_inverse=True)
    sums = np.bincount(places, weights, len(keys)).astype(np.float64)
    return keys // max(1, count), keys % max(1, count), sums
