"""Turns evidence into a chance that a passage answers, by weights that were fitted once.

Two steps, each a logistic regression over a handful of numbers: the first ranks the passages, the
second says how sure to be of the best, from its lead over the next and from how many words of the
question the shop never wrote. `python -m bench.knowledge --fit` prints the weights anew, from the
first half of the questions in `tests/knowledge`; the other half tells what they are worth.
"""

import math
from collections.abc import Sequence
from typing import Final

import msgspec

from kaiwa.knowledge.evidence import Asked, Evidence
from kaiwa.vocabulary.language import Language

MOST_LEAD: Final = 4.0


class Weights(msgspec.Struct, frozen=True):
    """Of the evidence for a passage, and of what makes one sure; the last of each is added."""

    passage: tuple[float, ...]
    sure: tuple[float, ...]


class Bounds(msgspec.Struct, frozen=True):
    """From which chance a passage is the answer, and from which it is worth asking back."""

    sure: float
    perhaps: float


BY_WORDS: Final = Weights((3.57, 3.25, 2.32, 3.57, -5.2), (0.47, 0.53, -1.88, 0.68, 0.1))
BY_MEANING: Final = Weights((3.18, 2.77, 2.06, 3.39, 3.9, -5.64), (0.49, 0.47, -1.6, 1.53, 0.06))
BOUNDS: Final[dict[Language, Bounds]] = {"ja": Bounds(0.5, 0.25), "en": Bounds(0.65, 0.25)}


def numbers(found: Evidence, likeness: float | None) -> tuple[float, ...]:
    """The evidence in the order of the weights."""
    by_words = (found.in_question, found.in_text, found.fit, found.mass)
    return by_words if likeness is None else (*by_words, likeness)


def doubt(best: float, next_best: float, asked: Asked) -> tuple[float, ...]:
    """What makes one sure of the best, in the order of the weights."""
    return best, min(best - next_best, MOST_LEAD), asked.strange, asked.length


def weighed(weights: Sequence[float], values: Sequence[float]) -> float:
    """The sum of values by weight, and the last weight."""
    return sum(w * v for w, v in zip(weights, values, strict=False)) + weights[-1]


def chance(value: float) -> float:
    """From a sum to 0..1."""
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, value))))
