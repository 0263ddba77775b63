"""Weighted sequential rules: what people looked at after a product, nearer steps counting more.

A pair within ten steps adds 1/distance. A visit's last five products ask, each 0.6 times less than
the one after it, and a product that leads everywhere asks less by the root of its popularity
(sequential rules as in Ludewig and Jannach, "Evaluation of session-based recommendation", 2018).
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from kaiwa.catalog.recommendation.links import Links, best
from kaiwa.catalog.recommendation.trail import Events, Floats, Ints

STEPS: Final = 10
ASKED: Final = 5
FADE: Final = 0.6


class Rules:
    """What follows what; made from whole visits, then told each new step."""

    def __init__(self, codes: Ints, walk: Events, places: Ints) -> None:
        self._links = Links(codes, _pairs(walk, places))
        self._counts = np.bincount(places, minlength=len(codes)).astype(float)
        self._fresh: dict[int, dict[int, float]] = {}

    def learn(self, before: Sequence[int], code: int) -> None:
        """Somebody went on to a product; `before` are the codes of the visit so far."""
        for distance, one in enumerate(reversed(before[-STEPS:]), 1):
            if one != code:
                row = self._fresh.setdefault(one, {})
                row[code] = row.get(code, 0.0) + 1 / distance

    def after(self, visit: Sequence[int], most: int) -> list[tuple[int, float]]:
        """What comes next after these codes (oldest first), best first."""
        found: list[tuple[Ints, Floats]] = []
        for age, code in enumerate(reversed(visit[-ASKED:])):
            scale = FADE**age
            if code < len(self._counts):
                scale /= np.sqrt(max(1.0, self._counts[code]))
                columns, weights = self._links.of(code)
                found.append((columns, weights * scale))
            if fresh := self._fresh.get(code):
                # A copy in one step: another thread may be learning.
                told = list(fresh.items())
                columns = np.array([one for one, _ in told], np.int64)
                found.append((columns, np.array([weight for _, weight in told]) * scale))
        return best(found, most)


def _pairs(walk: Events, places: Ints) -> tuple[Ints, Ints, Floats]:
    rows, columns, weights = [], [], []
    for distance in range(1, STEPS + 1):
        same = walk.visit[distance:] == walk.visit[:-distance]
        same &= places[distance:] != places[:-distance]
        rows.append(places[:-distance][same])
        columns.append(places[distance:][same])
        weights.append(np.full(int(same.sum()), 1 / distance))
    return np.concatenate(rows), np.concatenate(columns), np.concatenate(weights)
