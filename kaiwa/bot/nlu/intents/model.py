"""A trained model as it serves: which act a masked clause may be, with calibrated chances."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final
from zipfile import BadZipFile

import msgspec
import numpy as np

from kaiwa.bot.nlu.chance import Chance
from kaiwa.bot.nlu.intents.examples import Example
from kaiwa.bot.nlu.intents.features import features
from kaiwa.bot.nlu.intents.opinion import Opinion
from kaiwa.bot.nlu.intents.training import Floats, Ints, Trained, placed, train
from kaiwa.vocabulary.language import Language

# Measured by bench/intents.py --calibrate: held-out lines of the shipped examples are as often
# right as their chance says. Above 1 flattens, below 1 sharpens.
TEMPERATURE: Final[dict[Language, float]] = {"ja": 0.8, "en": 0.8}

SURE: Final = 0.8  # likelier than this by its letters, a text needs no second opinion
SHARE: Final = 0.5  # of the second opinion; both measured by bench/intents.py --meaning


class _Head(msgspec.Struct, frozen=True):
    language: Language
    fingerprint: str
    classes: tuple[str, ...]


class IntentModel:
    """The weights of one language."""

    def __init__(
        self,
        language: Language,
        trained: Trained,
        fingerprint: str = "",
        opinion: Opinion | None = None,
    ) -> None:
        self.language = language
        self.fingerprint = fingerprint
        self._trained = trained
        self._opinion = opinion

    def advised(self, opinion: Opinion) -> "IntentModel":
        """The same weights, with a second opinion for what they are unsure of."""
        return IntentModel(self.language, self._trained, self.fingerprint, opinion)

    @classmethod
    def learnt(
        cls, language: Language, examples: Sequence[Example], fingerprint: str = ""
    ) -> "IntentModel":
        """Train on these examples; a few seconds."""
        read = [features(one.text, language) for one in examples]
        importance = [one.importance for one in examples]
        trained = train(read, [one.act for one in examples], importance=importance)
        return cls(language, trained, fingerprint)

    def chances(self, masked: str, *, alone: bool = False) -> tuple[Chance, ...]:
        """Every act with its chance, likeliest first; a text without features is evenly unsure.

        `alone`: without the second opinion, which takes tens of milliseconds of CPU.
        """
        likely = self._by_letters(masked)
        if not alone and self._opinion is not None and float(likely.max()) < SURE:
            likely = self._advised(likely, self._opinion.chances(masked))
        order = np.argsort(-likely, kind="stable")
        own = self._trained
        told = likely.tolist()
        return tuple(Chance(own.classes[at], told[at]) for at in order.tolist())

    def _by_letters(self, masked: str) -> Floats:
        read = features(masked, self.language)
        buckets: Ints = np.fromiter(read, np.int64, len(read))
        values: Floats = np.fromiter(read.values(), np.float32, len(read))
        own = self._trained
        place, values = placed(buckets, values, own.columns, own.idf)
        scores = (values @ own.weights[place] + own.bias) / TEMPERATURE[self.language]
        likely = np.exp(scores - scores.max())
        found: Floats = likely / likely.sum()
        return found

    def _advised(self, likely: Floats, second: dict[str, float] | None) -> Floats:
        if second is None:
            return likely
        other = np.array([second.get(act, 0.0) for act in self._trained.classes], np.float32)
        found: Floats = SHARE * other + (1 - SHARE) * likely
        return found

    def save(self, path: Path) -> None:
        """Write it to `path`, whole or not at all."""
        own = self._trained
        head = msgspec.json.encode(_Head(self.language, self.fingerprint, own.classes))
        fresh = path.with_suffix(".new")
        path.parent.mkdir(parents=True, exist_ok=True)
        with fresh.open("wb") as file:
            np.savez(
                file,
                head=np.frombuffer(head, np.uint8),
                columns=own.columns.astype(np.uint32),
                idf=own.idf.astype(np.float16),
                weights=own.weights.astype(np.float16),
                bias=own.bias,
            )
        fresh.replace(path)

    @classmethod
    def load(cls, path: Path) -> "IntentModel":
        """Read what `save` wrote; ValueError when it is something else."""
        try:
            with np.load(path, allow_pickle=False) as file:
                head = msgspec.json.decode(file["head"].tobytes(), type=_Head)
                trained = Trained(
                    head.classes,
                    file["columns"].astype(np.int64),
                    file["idf"].astype(np.float32),
                    file["weights"].astype(np.float32),
                    file["bias"].astype(np.float32),
                )
        except (OSError, KeyError, EOFError, BadZipFile, ValueError) as error:
            raise ValueError(f"{path} is no intent model: {error}") from error
        return cls(head.language, trained, head.fingerprint)
