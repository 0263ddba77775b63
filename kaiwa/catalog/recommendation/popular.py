"""What is popular now, in the whole shop and in each category: cold start and filling up.

A purchase counts five looks, a cart three; two weeks halve what they count.
"""

from typing import Final

import numpy as np

from kaiwa.catalog.recommendation.trail import Events, Floats, Ints

HALF_LIFE_S: Final = 14 * 24 * 3600
WORTH: Final = np.array([1.0, 3.0, 5.0])
KEPT: Final = 1_000
KEPT_OF_CATEGORY: Final = 200


class Popular:
    """Product codes by how much they were wanted lately."""

    def __init__(self, count: int, events: Events, places: Ints, categories: list[str]) -> None:
        scores = _scores(count, events, places)
        order = np.argsort(-scores, kind="stable")[: max(KEPT, 0)]
        self.all: list[int] = [code for code in order.tolist() if scores[code] > 0]
        self._of: dict[str, list[int]] = {}
        for code in np.argsort(-scores, kind="stable").tolist():
            if scores[code] <= 0:
                break
            some = self._of.setdefault(categories[code], [])
            if len(some) < KEPT_OF_CATEGORY:
                some.append(code)

    def of_category(self, category: str) -> list[int]:
        """The category's codes, most wanted first."""
        return self._of.get(category, [])


def _scores(count: int, events: Events, places: Ints) -> Floats:
    if not len(events):
        return np.zeros(count)
    age_s = (events.at.max() - events.at) / 1e6
    worth = WORTH[events.kind] * 0.5 ** (age_s / HALF_LIFE_S)
    return np.bincount(places, worth, count).astype(np.float64)
