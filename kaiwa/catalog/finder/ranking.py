"""Scores of products as arrays: added, merged and sorted without a loop over products."""

from collections.abc import Sequence
from typing import TypeAlias

import msgspec
import numpy as np
import numpy.typing as npt

from kaiwa.engines.search import Hits

Ints: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]


class Ranked(msgspec.Struct, frozen=True, gc=False):
    """Product ids, each once, with their scores."""

    ids: Ints
    scores: Floats

    def best_first(self) -> "Ranked":
        """By score; equals by id, so that the same question has the same answer."""
        scores, ids = self.scores, self.ids
        if len(ids) < 2:
            return self
        behind = scores[1:] < scores[:-1]
        if behind.all() or (behind | ((scores[1:] == scores[:-1]) & (ids[1:] > ids[:-1]))).all():
            return self  # As the index gave them.
        order = np.lexsort((ids, -scores))
        return Ranked(ids[order], scores[order])

    def times(self, weight: float) -> "Ranked":
        """The same with every score multiplied."""
        return Ranked(self.ids, self.scores * weight)

    def at(self, places: Ints | slice) -> "Ranked":
        """Those at these places, in that order."""
        return Ranked(self.ids[places], self.scores[places])

    def then(self, others: "Ranked") -> "Ranked":
        """These, and the others behind them."""
        return Ranked(
            np.concatenate([self.ids, others.ids]), np.concatenate([self.scores, others.scores])
        )


NONE = Ranked(np.zeros(0, np.int64), np.zeros(0, np.float64))


def scaled(hits: Hits, top: float, bottom: float = 0.0) -> Ranked:
    """Scores between `bottom` and `top`, the best at `top`."""
    if not len(hits.numbers):
        return NONE
    share = hits.scores / (hits.scores[0] or 1.0)
    return Ranked(hits.numbers, bottom + (top - bottom) * share)


def added(parts: Sequence[Ranked]) -> Ranked:
    """Each product with the sum of what the parts say."""
    parts = [part for part in parts if len(part.ids)]
    if len(parts) < 2:
        return parts[0] if parts else NONE
    ids, place = np.unique(np.concatenate([part.ids for part in parts]), return_inverse=True)
    weights = np.concatenate([part.scores for part in parts])
    total = np.bincount(place, weights=weights, minlength=len(ids)).astype(np.float64)
    return Ranked(ids, total)


def highest(parts: Sequence[Ranked]) -> Ranked:
    """Each product with the most that any part says."""
    parts = [part for part in parts if len(part.ids)]
    if len(parts) < 2:
        return parts[0] if parts else NONE
    ids, place = np.unique(np.concatenate([part.ids for part in parts]), return_inverse=True)
    scores = np.zeros(len(ids))
    np.maximum.at(scores, place, np.concatenate([part.scores for part in parts]))
    return Ranked(ids, scores)
