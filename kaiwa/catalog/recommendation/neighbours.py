"""Neighbours (V-SKNN): what those looked at whose visit was like this one.

A visit's j-th of L products weighs j/L. The newest 2,500 visits that share a product are looked
at, the 500 most alike speak; what they speak for most comes first (Ludewig and Jannach, 2018).
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from kaiwa.catalog.recommendation.trail import Events, Floats, Ints

LOOKED_AT: Final = 2_500
SPEAKING: Final = 500
ASKED: Final = 20
_LONGEST: Final = 50


class Neighbours:
    """All visits, to be asked from both sides: by product, and by visit."""

    def __init__(self, count: int, walk: Events, places: Ints) -> None:
        starts = np.flatnonzero(np.r_[True, walk.visit[1:] != walk.visit[:-1]][: len(walk)])
        sizes = np.diff(np.r_[starts, len(walk)])
        number = np.repeat(np.arange(len(starts)), sizes)
        # Newest visits have the highest numbers: visits are called by their first event's id.
        once = np.unique(number * max(1, count) + places)
        self._number, self._place = np.divmod(once, max(1, count))
        self._begins = np.searchsorted(self._number, np.arange(len(starts) + 1))
        by_product = np.lexsort((self._number, self._place))
        self._visits = self._number[by_product].astype(np.int32)
        self._of_product = np.searchsorted(self._place[by_product], np.arange(count + 1))
        shared = np.maximum(1, np.diff(self._of_product))
        self._idf = np.log(max(1, len(starts)) / shared)
        self._count = count

    def near(self, visit: Sequence[int], most: int) -> list[tuple[int, float]]:
        """What the neighbours of this visit (codes, oldest first) speak for, best first."""
        steps = [code for code in visit[-ASKED:] if code < self._count]
        last = {code: place for place, code in enumerate(steps)}
        if not last:
            return []
        visits, alike, shared = self._alike(last, len(steps))
        if not len(visits):
            return []
        voices = alike * np.maximum(0.0, 1 - 0.1 * (len(steps) - shared))
        begins = self._begins[visits]
        lengths = np.minimum(self._begins[visits + 1] - begins, _LONGEST)
        ends = np.cumsum(lengths)
        at = np.arange(ends[-1]) + np.repeat(begins - (ends - lengths), lengths)
        codes = self._place[at]
        spoken = np.bincount(codes, np.repeat(voices, lengths), self._count)
        scores: Floats = spoken.astype(np.float64) * (1 + self._idf / 10)
        return _top(scores, most)

    def _alike(self, last: dict[int, int], length: int) -> tuple[Ints, Floats, Ints]:
        """The most alike visits, how alike they are, and the latest step each shares (from 1)."""
        found, weights, steps = [], [], []
        for code, place in last.items():
            begin, end = self._of_product[code], self._of_product[code + 1]
            some = self._visits[max(begin, end - LOOKED_AT) : end]
            found.append(some)
            weights.append(np.full(len(some), (place + 1) / length))
            steps.append(np.full(len(some), place + 1))
        unique, inverse = np.unique(np.concatenate(found), return_inverse=True)
        visits: Ints = unique.astype(np.int64)
        weighed = np.bincount(inverse, np.concatenate(weights), len(visits))
        alike: Floats = weighed.astype(np.float64)
        shared = np.zeros(len(visits), np.int64)
        np.maximum.at(shared, inverse, np.concatenate(steps))
        newest = slice(max(0, len(visits) - LOOKED_AT), None)
        visits, alike, shared = visits[newest], alike[newest], shared[newest]
        if len(visits) > SPEAKING:
            chosen = np.argpartition(-alike, SPEAKING)[:SPEAKING]
            return visits[chosen], alike[chosen], shared[chosen]
        return visits, alike, shared


def _top(scores: Floats, most: int) -> list[tuple[int, float]]:
    some = np.flatnonzero(scores)
    if len(some) > most * 4:
        some = some[np.argpartition(-scores[some], most * 2)[: most * 2]]
    order = some[np.lexsort((some, -scores[some]))][:most]
    return list(zip(order.tolist(), scores[order].tolist(), strict=True))
