"""A merchant's model, open in this process: it rests after failures in a row."""

from datetime import datetime, timedelta
from typing import Final

from kaiwa.engines.llm import LanguageModel
from kaiwa.merchants.language_model import ConnectedModel
from kaiwa.vocabulary.errors import KaiwaError, Unreachable

FAILURES: Final = 3
REST_S: Final = 30.0
LONGEST_REST_S: Final = 600.0


class KeptModel:
    """`told` is the row it was opened from."""

    def __init__(self, told: ConnectedModel, model: LanguageModel) -> None:
        self.told = told
        self.model = model
        self._failures = 0
        self._rests_until: datetime | None = None

    def rests(self, now: datetime) -> bool:
        """Whether nothing is asked of it now: shoppers do not wait for a server that is down."""
        return self._rests_until is not None and now < self._rests_until

    def answered(self) -> None:
        """It works."""
        self._failures, self._rests_until = 0, None

    def failed(self, error: KaiwaError, now: datetime) -> None:
        """The third time in a row it rests; after the rest one more failure is enough."""
        self._failures += 1
        if self._failures >= FAILURES:
            asked_s = error.retry_after_s if isinstance(error, Unreachable) else None
            rest_s = min(max(REST_S, asked_s or 0.0), LONGEST_REST_S)
            self._rests_until = now + timedelta(seconds=rest_s)
