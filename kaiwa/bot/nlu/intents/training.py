"""Trains a softmax regression in seconds, with numpy alone: L-BFGS on the regularised loss.

No library that would be imported for it takes less time and memory than the training itself.
The loss has one lowest point, and the search goes on until it is there: the same examples give
the same weights, but for the last digits, on whatever processor.
"""

from collections.abc import Callable, Sequence
from typing import Final, Protocol, TypeAlias

import msgspec
import numpy as np
import numpy.typing as npt

from kaiwa.bot.nlu.intents.features import BUCKETS, Features

Floats: TypeAlias = npt.NDArray[np.float32]
Ints: TypeAlias = npt.NDArray[np.int64]

STEPS: Final = 200  # some 50 are needed
_MEMORY: Final = 10
_ENOUGH: Final = 5e-4
# Of a feature's squared values, how much its weight bends the loss; less for what is known less
# well. Steps scaled by it reach in 50 what took 190.
_BEND: Final = 1e-3
_AT_ONCE: Final = 64
_RAREST: Final = 2  # a feature of one example alone says nothing about others


class Trained(msgspec.Struct, frozen=True):
    """Weights by bucket (`columns`, rising) and class; `idf` belongs to the same buckets."""

    classes: tuple[str, ...]
    columns: Ints
    idf: Floats
    weights: Floats
    bias: Floats


class Matrix(Protocol):
    """Examples by rows, as the regression sees them."""

    count: int
    width: int

    def times(self, weights: Floats) -> Floats:
        """This matrix times `weights`."""

    def transposed_times(self, errors: Floats) -> Floats:
        """The transpose of this matrix times `errors`."""

    def squares(self, weigh: Floats) -> Floats:
        """Of every column, the squares of its values, each times its row's weight, summed."""


class Rows:
    """Examples as one sparse matrix, by rows and by columns."""

    def __init__(self, examples: Sequence[Features], columns: Ints, idf: Floats) -> None:
        pairs = [_kept(one, columns, idf) for one in examples]
        self.count = len(pairs)
        self.width = len(columns)
        self._starts = np.cumsum([0, *(len(one[0]) for one in pairs)])
        self._columns = np.concatenate([one[0] for one in pairs])
        self._values = np.concatenate([one[1] for one in pairs]).astype(np.float32)
        rows = np.repeat(np.arange(self.count), np.diff(self._starts))
        order = np.argsort(self._columns, kind="stable")
        self._by_column = rows[order]
        self._values_by_column = self._values[order]
        used, starts = np.unique(self._columns[order], return_index=True)
        self._used, self._used_starts = used, np.append(starts, len(order))
        self._filled = np.flatnonzero(np.diff(self._starts))
        self._filled_starts = np.append(self._starts[self._filled], len(self._columns))

    def times(self, weights: Floats) -> Floats:
        """This matrix times `weights`."""
        found: Floats = np.zeros((self.count, weights.shape[1]), np.float32)
        picked = (weights, self._columns, self._values)
        return _summed(picked, self._filled_starts, found, self._filled)

    def transposed_times(self, errors: Floats) -> Floats:
        """The transpose of this matrix times `errors`."""
        found: Floats = np.zeros((self.width, errors.shape[1]), np.float32)
        picked = (errors, self._by_column, self._values_by_column)
        return _summed(picked, self._used_starts, found, self._used)

    def squares(self, weigh: Floats) -> Floats:
        """Of every column, the squares of its values, each times its row's weight, summed."""
        each = self._values_by_column**2 * weigh[self._by_column]
        found: Floats = np.zeros(self.width, np.float32)
        found[self._used] = np.add.reduceat(each, self._used_starts[:-1])
        return found


def _summed(
    picked: tuple[Floats, Ints, Floats], starts: Ints, found: Floats, places: Ints
) -> Floats:
    """`found` with, at each place, the sum of its rows of the table, each times its value.

    A few places at a time: what stays in the processor's cache is summed seven times as fast.
    """
    table, rows, values = picked
    for at in range(0, len(places), _AT_ONCE):
        some = places[at : at + _AT_ONCE]
        begin, end = starts[at], starts[at + len(some)]
        part = table[rows[begin:end]]
        part *= values[begin:end, None]
        found[some] = np.add.reduceat(part, starts[at : at + len(some)] - begin)
    return found


def train(
    examples: Sequence[Features],
    labels: Sequence[str],
    strength: float = 30.0,
    importance: Sequence[float] | None = None,
) -> Trained:
    """Fit; `strength` is the inverse of the regularisation, `importance` weighs the examples."""
    columns, idf = _columns(examples)
    rows = Rows(examples, columns, idf)
    classes, weights, bias = regression(rows, labels, strength, importance)
    return Trained(classes, columns, idf, weights, bias)


def regression(
    rows: Matrix,
    labels: Sequence[str],
    strength: float,
    importance: Sequence[float] | None = None,
) -> tuple[tuple[str, ...], Floats, Floats]:
    """The classes in their order, and a weight and a bias for each of them."""
    classes = tuple(sorted(set(labels)))
    place = {name: at for at, name in enumerate(classes)}
    target = np.fromiter((place[one] for one in labels), np.int64, len(labels))
    weigh = np.ones(len(labels), np.float32)
    if importance is not None:
        weigh = np.asarray(importance, np.float32)
    loss = _Loss(rows, target, (weigh, len(classes)), 1 / strength)
    squares = np.append(rows.squares(weigh), weigh.sum()).astype(np.float32)
    pace: Floats = np.repeat(1 / (squares * _BEND + 1 / strength), len(classes))
    solution = minimised(loss, np.zeros((rows.width + 1) * len(classes), np.float32), pace)
    whole = solution.reshape(-1, len(classes))
    return classes, whole[:-1].copy(), whole[-1].copy()


class _Loss:
    """The regularised negative log-likelihood and its gradient."""

    def __init__(
        self, rows: Matrix, target: Ints, shape: tuple[Floats, int], penalty: float
    ) -> None:
        self._rows = rows
        self._target = target
        self._weigh, self._classes = shape
        self._penalty = penalty

    def __call__(self, flat: Floats) -> tuple[float, Floats]:
        whole = flat.reshape(-1, self._classes)
        weights, bias = whole[:-1], whole[-1]
        scores = self._rows.times(weights) + bias
        scores -= scores.max(axis=1, keepdims=True)
        chances = np.exp(scores)
        sums = chances.sum(axis=1, keepdims=True)
        each = np.arange(self._rows.count)
        likely = scores[each, self._target] - np.log(sums[:, 0])
        # In single precision the last steps would be lost in the rounding of the sum.
        value = -float(likely.astype(np.float64) @ self._weigh)
        value += self._penalty / 2 * float(np.einsum("ij,ij->", weights, weights, dtype=np.float64))
        chances /= sums
        chances[each, self._target] -= 1
        chances *= self._weigh[:, None]
        gradient = np.empty_like(whole)
        gradient[:-1] = self._rows.transposed_times(chances) + self._penalty * weights
        gradient[-1] = chances.sum(axis=0)
        return value, gradient.reshape(-1)


def minimised(
    loss: Callable[[Floats], tuple[float, Floats]], point: Floats, pace: Floats
) -> Floats:
    """Where the loss is least, by L-BFGS with backtracking (Nocedal, Wright 2006, 7.4).

    `pace`: how far to go along each coordinate, as a ratio between them.
    """
    value, gradient = loss(point)
    history: list[tuple[Floats, Floats, float]] = []
    first = float(np.linalg.norm(gradient))
    for _ in range(STEPS):
        if float(np.linalg.norm(gradient)) <= _ENOUGH * first:
            break
        direction = _direction(gradient, history, pace)
        slope = float(direction @ gradient)
        step = 1.0 if history else 1.0 / max(1.0, float(np.linalg.norm(direction)))
        while True:
            fresh = point + np.float32(step) * direction
            lower, steeper = loss(fresh)
            if lower <= value + 1e-4 * step * slope or step < 1e-6:
                break
            step /= 2
        moved, turned = fresh - point, steeper - gradient
        bend = float(moved @ turned)
        if bend > 1e-10:
            history = [*history[-_MEMORY + 1 :], (moved, turned, 1 / bend)]
        point, value, gradient = fresh, lower, steeper
    return point


def _direction(
    gradient: Floats, history: list[tuple[Floats, Floats, float]], pace: Floats
) -> Floats:
    way = gradient.copy()
    shares = []
    for moved, turned, inverse in reversed(history):
        share = np.float32(inverse * float(moved @ way))
        way -= share * turned
        shares.append(share)
    way *= pace
    if history:
        moved, turned, _ = history[-1]
        way *= np.float32(float(moved @ turned) / float(turned @ (pace * turned)))
    for (moved, turned, inverse), share in zip(history, reversed(shares), strict=True):
        way += (share - np.float32(inverse * float(turned @ way))) * moved
    return -way


def _columns(examples: Sequence[Features]) -> tuple[Ints, Floats]:
    seen = np.zeros(BUCKETS, np.int64)
    for one in examples:
        seen[list(one)] += 1
    columns = np.flatnonzero(seen >= _RAREST)
    idf = 1 + np.log((1 + len(examples)) / (1 + seen[columns]))
    return columns, idf.astype(np.float32)


def _kept(one: Features, columns: Ints, idf: Floats) -> tuple[Ints, Floats]:
    buckets = np.fromiter(one, np.int64, len(one))
    values = np.fromiter(one.values(), np.float32, len(one))
    return placed(buckets, values, columns, idf)


def placed(buckets: Ints, values: Floats, columns: Ints, idf: Floats) -> tuple[Ints, Floats]:
    """The known ones among the buckets, by place in `columns`, with values of length 1."""
    if not len(columns) or not len(buckets):
        return np.zeros(0, np.int64), np.zeros(0, np.float32)
    place = np.minimum(np.searchsorted(columns, buckets), len(columns) - 1)
    known = columns[place] == buckets
    place, values = place[known], values[known] * idf[place[known]]
    length = float(np.linalg.norm(values))
    return place, values / np.float32(length or 1.0)
