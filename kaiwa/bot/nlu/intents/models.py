"""Models on disk: one per language and set of examples, made when it is first needed.

A model's name is the fingerprint of what it was trained on, so a changed phrase makes a new one.
The one before stays beside it until yet another is made: going back is keeping its examples.
"""

import contextlib
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from kaiwa.bot.nlu.act import Act
from kaiwa.bot.nlu.intents.examples import Example, examples
from kaiwa.bot.nlu.intents.features import FORM, concepts_written
from kaiwa.bot.nlu.intents.model import IntentModel
from kaiwa.vocabulary.language import Language

KEPT: Final = 2

Own = tuple[Act, str]


class Models:
    """The models of a process; with a folder they outlive it. Safe for several threads."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._ready: dict[tuple[Language, tuple[Own, ...]], IntentModel] = {}

    def model(
        self, language: Language, own: Sequence[Own] = (), name: str = "shipped"
    ) -> IntentModel:
        """The model for the shipped examples and a merchant's `own`: ready, kept, or trained.

        `name` tells whose it is: each name has its own present and previous model on disk.
        """
        key = (language, tuple(own))
        if key not in self._ready:
            # Two threads may both train: they come to the same weights.
            self._ready[key] = self._made(language, name, examples(language, own))
        return self._ready[key]

    def _made(self, language: Language, name: str, learnt: list[Example]) -> IntentModel:
        wanted = fingerprint(language, learnt)
        if self._folder is None:
            return IntentModel.learnt(language, learnt, wanted)
        path = self._folder / name / f"{language}-{wanted}.npz"
        with contextlib.suppress(ValueError):
            kept = IntentModel.load(path)
            if kept.fingerprint == wanted:
                return kept
        model = IntentModel.learnt(language, learnt, wanted)
        with contextlib.suppress(OSError):
            # A full or read-only disk costs the training at the next start, no more.
            model.save(path)
            _forget(path.parent, language)
        return model


def _forget(folder: Path, language: Language) -> None:
    made = sorted(folder.glob(f"{language}-*.npz"), key=lambda one: -one.stat().st_mtime)
    for path in made[KEPT:]:
        path.unlink(missing_ok=True)


def fingerprint(language: Language, learnt: Sequence[Example]) -> str:
    """A name for what is learnt: changes when an example, a concept or the features do."""
    told = hashlib.sha256(f"{FORM} {concepts_written(language)}".encode())
    for one in learnt:
        told.update(f"\n{one.act}\t{one.text}\t{one.importance:.3f}".encode())
    return told.hexdigest()[:16]
