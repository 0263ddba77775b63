"""A second opinion on texts of one language, by meaning; asked where letters leave doubt.

Whatever goes wrong with it, the first opinion stands.
"""

import threading

import structlog

from kaiwa.bot.nlu.intents.semantic import Meaning
from kaiwa.bot.nlu.intents.spelling import spelled
from kaiwa.engines.embeddings import Embedder
from kaiwa.vocabulary.language import Language

_log = structlog.get_logger()


class Opinion:
    """Chances by meaning; safe for several threads.

    `patient`: who asks first waits some seconds while the embedder loads, else it loads beside.
    """

    def __init__(
        self, language: Language, embedder: Embedder, meaning: Meaning, *, patient: bool
    ) -> None:
        self._language = language
        self._embedder = embedder
        self._meaning = meaning
        self._ready = threading.Event()
        self._begun = threading.Lock()
        if patient:
            self._ready.set()

    def chances(self, masked: str) -> dict[str, float] | None:
        """Every class with its chance; None while, or when, there is no opinion to have."""
        if not self._ready.is_set():
            if self._begun.acquire(blocking=False):
                threading.Thread(target=self._load, name="second-opinion", daemon=True).start()
            return None
        try:
            vector = self._embedder.query(spelled(masked, self._language))
        except (OSError, RuntimeError) as error:
            _log.warning("no second opinion", error=str(error))
            return None
        likely = self._meaning.chances(vector[None, :])[0]
        return dict(zip(self._meaning.classes, likely.tolist(), strict=True))

    def _load(self) -> None:
        try:
            self._embedder.query("")
        except (OSError, RuntimeError) as error:
            _log.warning("no second opinion", error=str(error))
            return
        self._ready.set()
