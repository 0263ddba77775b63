"""Bought together: what stands in the same orders more often than its own sales explain."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from kaiwa.catalog.recommendation.links import Links, best
from kaiwa.catalog.recommendation.trail import Events, Floats, Ints

_WIDEST_ORDER: Final = 30
_DOUBT: Final = 2.0  # one common order is little evidence: it counts as if there were more apart


class Together:
    """Pairs of products by how much they belong to one order."""

    def __init__(self, codes: Ints, bought: Events, places: Ints) -> None:
        rows, columns = _pairs(bought, places)
        sold = np.bincount(places, minlength=len(codes)).astype(float)
        weights: Floats = 1 / np.sqrt((sold[rows] + _DOUBT) * (sold[columns] + _DOUBT))
        self._links = Links(codes, (rows, columns, weights))
        self._count = len(codes)

    def with_these(self, cart: Sequence[int], most: int) -> list[tuple[int, float]]:
        """What is bought with these codes, best first."""
        found = [self._links.of(code) for code in dict.fromkeys(cart) if code < self._count]
        return best(found, most)


def _pairs(bought: Events, places: Ints) -> tuple[Ints, Ints]:
    rows, columns = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for distance in range(1, _WIDEST_ORDER):
        same = bought.visit[distance:] == bought.visit[:-distance]
        same &= places[distance:] != places[:-distance]
        if not same.any():
            break
        one, other = places[:-distance][same], places[distance:][same]
        rows += [one, other]
        columns += [other, one]
    return np.concatenate(rows), np.concatenate(columns)
