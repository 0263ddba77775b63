"""What a text means, judged by its vector: the second opinion where its letters leave doubt.

A softmax regression over unit vectors whose middle is taken out. It is learnt in a space where the
ways in which the examples of one class differ among themselves count less; the weights are turned
back from there, so judging a text costs what it did. What it learnt from the shipped
examples is shipped too, 30 kB a language: making their vectors takes minutes, this takes nothing.
`python -m kaiwa.bot.nlu.intents meaning` makes it anew after the examples have changed by much.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final
from zipfile import BadZipFile

import msgspec
import numpy as np

from kaiwa.bot.nlu.intents.examples import examples
from kaiwa.bot.nlu.intents.spelling import spelled
from kaiwa.bot.nlu.intents.training import Floats, regression
from kaiwa.engines.embeddings import Embedder
from kaiwa.vocabulary.language import Language

FOLDER: Final = Path(__file__).parent / "meaning"
STRENGTH: Final = 30.0
# How many times the mean spread is added to every way before the spread within classes is evened
# out: measured on few-shot sets by their validation part, 3 to 10 help some and harm none.
EVENED: Final = 10.0


class _Head(msgspec.Struct, frozen=True):
    embedder: str
    classes: tuple[str, ...]


class Meaning(msgspec.Struct, frozen=True):
    """The regression over the vectors of one embedder."""

    embedder: str
    classes: tuple[str, ...]
    middle: Floats
    weights: Floats
    bias: Floats

    def chances(self, vectors: Floats) -> Floats:
        """For every row the chance of every class, in the order of `classes`."""
        scores = _placed(vectors, self.middle) @ self.weights + self.bias
        likely = np.exp(scores - scores.max(axis=1, keepdims=True))
        found: Floats = likely / likely.sum(axis=1, keepdims=True)
        return found

    def save(self, path: Path) -> None:
        """Write it to `path`, whole or not at all."""
        head = msgspec.json.encode(_Head(self.embedder, self.classes))
        fresh = path.with_suffix(".new")
        path.parent.mkdir(parents=True, exist_ok=True)
        with fresh.open("wb") as file:
            np.savez(
                file,
                head=np.frombuffer(head, np.uint8),
                middle=self.middle,
                weights=self.weights.astype(np.float16),
                bias=self.bias,
            )
        fresh.replace(path)

    @classmethod
    def load(cls, path: Path) -> "Meaning":
        """Read what `save` wrote; ValueError when it is something else."""
        try:
            with np.load(path, allow_pickle=False) as file:
                head = msgspec.json.decode(file["head"].tobytes(), type=_Head)
                parts = [file[name].astype(np.float32) for name in ("middle", "weights", "bias")]
        except (OSError, KeyError, EOFError, BadZipFile, ValueError) as error:
            raise ValueError(f"{path} holds no meanings: {error}") from error
        return cls(head.embedder, head.classes, *parts)


def learnt(vectors: Floats, labels: Sequence[str], embedder: str = "") -> Meaning:
    """Learn from unit vectors, one a row, and the class of each; a second or two."""
    middle: Floats = vectors.mean(axis=0)
    placed = _placed(vectors, middle)
    turn = _turn(placed, labels)
    classes, weights, bias = regression(_Dense(placed @ turn), labels, STRENGTH)
    return Meaning(embedder, classes, middle, turn @ weights, bias)


def _turn(rows: Floats, labels: Sequence[str]) -> Floats:
    """Shortens the ways in which examples of one class differ; turns nothing where none do."""
    classes, place = np.unique(np.asarray(labels), return_inverse=True)
    sums = np.zeros((len(classes), rows.shape[1]), np.float64)
    np.add.at(sums, place, rows)
    within = rows - (sums / np.bincount(place)[:, None])[place]
    spread = within.T @ within
    width = rows.shape[1]
    mean = float(np.trace(spread)) / width
    if mean <= 1e-9:
        return np.eye(width, dtype=np.float32)
    length, ways = np.linalg.eigh(spread / mean)
    shorter = np.sqrt((1 + EVENED) / (np.maximum(length, 0.0) + EVENED))
    turn: Floats = ((ways * shorter) @ ways.T).astype(np.float32)
    return turn


def shipped(language: Language, embedder: Embedder) -> Meaning | None:
    """What was learnt from the shipped examples with this embedder; None if it was another."""
    found = Meaning.load(FOLDER / f"{language}.npz")
    return found if found.embedder == embedder.name else None


def ship(language: Language, embedder: Embedder) -> Path:
    """Learn from one form of every shipped line; about 15 ms of CPU each. Where it was written."""
    every = list({one.line: one for one in examples(language)}.values())
    vectors: Floats = np.stack([embedder.query(spelled(one.text, language)) for one in every])
    path = FOLDER / f"{language}.npz"
    learnt(vectors, [one.act for one in every], embedder.name).save(path)
    return path


class _Dense:
    """See `Matrix`."""

    def __init__(self, rows: Floats) -> None:
        self._rows = rows
        self.count, self.width = rows.shape

    def times(self, weights: Floats) -> Floats:
        found: Floats = self._rows @ weights
        return found

    def transposed_times(self, errors: Floats) -> Floats:
        found: Floats = self._rows.T @ errors
        return found

    def squares(self, weigh: Floats) -> Floats:
        found: Floats = (self._rows**2).T @ weigh
        return found


def _placed(vectors: Floats, middle: Floats) -> Floats:
    placed = vectors - middle
    length = np.linalg.norm(placed, axis=1, keepdims=True)
    found: Floats = (placed / np.maximum(length, 1e-9)).astype(np.float32)
    return found
