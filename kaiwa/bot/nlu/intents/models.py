"""Models on disk: one per language and set of examples, made when it is first needed.

A model's name is the fingerprint of what it was trained on, so a changed phrase makes a new one.
The one before stays beside it until yet another is made: going back is keeping its examples.
`make setup` trains the shipped ones into `SHIPPED`; where that was not done, the first need does.
"""

import contextlib
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from kaiwa.bot.nlu.act import Act
from kaiwa.bot.nlu.intents.examples import FOLDER, examples
from kaiwa.bot.nlu.intents.features import FORM, concepts_written
from kaiwa.bot.nlu.intents.model import IntentModel
from kaiwa.bot.nlu.intents.opinion import Opinion
from kaiwa.bot.nlu.intents.semantic import shipped
from kaiwa.engines.embeddings import Embedder
from kaiwa.languages.meanings import patterns
from kaiwa.vocabulary.language import LANGUAGES, Language

KEPT: Final = 2
SHIPPED: Final = Path(__file__).parent / "shipped"

Own = tuple[Act, str]


class Models:
    """The models of a process; with a folder they outlive it. Safe for several threads.

    With an `embedder`, what the letters leave in doubt gets a second opinion by meaning. A server
    is not `patient`: it answers by letters alone until the embedder is loaded.
    """

    def __init__(
        self, folder: Path | None = None, embedder: Embedder | None = None, *, patient: bool = True
    ) -> None:
        self._folder = folder
        self._embedder = embedder
        self._patient = patient
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
            self._ready[key] = self._advised(self._made(language, name, own))
        return self._ready[key]

    def _advised(self, model: IntentModel) -> IntentModel:
        if self._embedder is None:
            return model
        meaning = shipped(model.language, self._embedder)
        if meaning is None:
            return model
        return model.advised(
            Opinion(model.language, self._embedder, meaning, patient=self._patient)
        )

    def _made(self, language: Language, name: str, own: Sequence[Own]) -> IntentModel:
        wanted = fingerprint(language, own)
        file = f"{language}-{wanted}.npz"
        path = None if self._folder is None else self._folder / name / file
        for place in filter(None, (SHIPPED / file, path)):
            with contextlib.suppress(ValueError):
                kept = IntentModel.load(place)
                if kept.fingerprint == wanted:
                    return kept
        model = IntentModel.learnt(language, examples(language, own), wanted)
        if path is None:
            return model
        with contextlib.suppress(OSError):
            # A full or read-only disk costs the training at the next start, no more.
            model.save(path)
            _forget(path.parent, language)
        return model


def _forget(folder: Path, language: Language) -> None:
    made = sorted(folder.glob(f"{language}-*.npz"), key=lambda one: -one.stat().st_mtime)
    for path in made[KEPT:]:
        path.unlink(missing_ok=True)


def ship() -> None:
    """Train the shipped models into `SHIPPED` and drop those of other examples."""
    for language in LANGUAGES:
        path = SHIPPED / f"{language}-{fingerprint(language, ())}.npz"
        if not path.exists():
            model = IntentModel.learnt(language, examples(language), fingerprint(language, ()))
            model.save(path)
        for other in SHIPPED.glob(f"{language}-*.npz"):
            if other != path:
                other.unlink()


def fingerprint(language: Language, own: Sequence[Own]) -> str:
    """A name for what is learnt: changes when a phrase, a concept or the features do."""
    told = hashlib.sha256(f"{FORM} {concepts_written(language)}".encode())
    told.update(repr([one.pattern for one in patterns(language).values()]).encode())
    for path in sorted((FOLDER / language).glob("*.txt")):
        told.update(path.name.encode() + path.read_bytes())
    for act, phrase in own:
        told.update(f"\n{act}\t{phrase}".encode())
    return told.hexdigest()[:16]
