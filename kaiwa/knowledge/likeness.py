"""How alike a question and the passages are in meaning, where an embedding engine is installed.

Vectors of such models all point nearly the same way, so they are centred before they are compared.
Making them costs tens of milliseconds each: away from any question, and once for each text.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from kaiwa.engines.embeddings import Embedder, Vectors
from kaiwa.knowledge.passage import Passage

FEWEST: Final = 12  # fewer have no centre worth the name


class Recall:
    """Remembers the vectors it has made, by text. One thread may make them while others look."""

    def __init__(self, embedder: Embedder) -> None:
        self.embedder = embedder
        self._made: dict[str, Vectors] = {}

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """One row for each text; a second of CPU for fifty that are new."""
        fresh = [text for text in dict.fromkeys(texts) if text not in self._made]
        self._made.update(zip(fresh, self.embedder.passages(fresh), strict=True))
        return np.stack([self._made[text] for text in texts])

    def forget_all_but(self, texts: Sequence[str]) -> None:
        """Let go of the vectors of texts that are no more."""
        there = set(texts)
        self._made = {text: found for text, found in self._made.items() if text in there}


class Likeness:
    """The passages of a shelf as vectors."""

    def __init__(self, passages: Sequence[Passage], recall: Recall) -> None:
        vectors = recall.vectors([meaning_text(one) for one in passages])
        self._embedder = recall.embedder
        self._centre = vectors.mean(axis=0)
        self._centred = _unit(vectors - self._centre)

    def of(self, text: str) -> list[float]:
        """How alike each passage is, -1..1; a passage that has nothing to do with it is near 0."""
        asked = _unit(self._embedder.query(text)[None, :] - self._centre)
        return [float(value) for value in self._centred @ asked[0]]


def meaning_text(passage: Passage) -> str:
    """What of a passage its vector stands for."""
    return f"{passage.title} {passage.text}"


def _unit(vectors: Vectors) -> Vectors:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    found: Vectors = (vectors / np.where(norms == 0, 1, norms)).astype(np.float32)
    return found
