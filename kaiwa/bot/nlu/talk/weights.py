"""The weights of the talk: how likely each act is of a turn, with what came before it."""

from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from kaiwa.bot.nlu.talk.seen import Seen, told_of
from kaiwa.vocabulary.language import Language

Floats = npt.NDArray[np.float32]

SEVERAL: Final = "several"  # more than one wish: nothing is to be decided
_FOLDER: Final = Path(__file__).parent


class TalkWeights:
    """A row of weights for every name that is seen, a column for every act and for `SEVERAL`."""

    def __init__(self, acts: tuple[str, ...], names: tuple[str, ...], weights: Floats) -> None:
        self._acts = acts
        self._place = {name: at for at, name in enumerate(names)}
        self._weights = weights

    def chances(self, seen: Seen) -> dict[str, float]:
        """Every act with its chance; they add up to 1."""
        told = [
            (at, value)
            for name, value in {**told_of(seen), "always": 1.0}.items()
            if value and (at := self._place.get(name)) is not None
        ]
        rows = self._weights[[at for at, _ in told]]
        raw = np.array([value for _, value in told], np.float32) @ rows
        likely = np.exp(raw - raw.max())
        likely /= likely.sum()
        return dict(zip(self._acts, likely.tolist(), strict=True))


@cache
def talk_weights(language: Language) -> TalkWeights:
    """Those that are shipped, learnt by `python -m bench.talk_weights --write`."""
    return read_weights(_FOLDER / f"{language}.npz")


def read_weights(path: Path) -> TalkWeights:
    """Weights from a file."""
    with np.load(path, allow_pickle=False) as held:
        acts, names = held["acts"].tolist(), held["names"].tolist()
        return TalkWeights(tuple(acts), tuple(names), held["weights"].astype(np.float32))


def write_weights(
    path: Path, acts: tuple[str, ...], names: tuple[str, ...], weights: Floats
) -> None:
    """Weights into a file, half as exact: what is decided by them does not hang on more."""
    np.savez_compressed(
        path, acts=np.array(acts), names=np.array(names), weights=weights.astype(np.float16)
    )
