"""The time now, asked of something that tests can set."""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time, UTC."""

    def now(self) -> datetime:
        """The present moment."""


class SystemClock:
    """The machine's clock. It may jump: order never depends on it, only labels and timers do."""

    def now(self) -> datetime:
        """The present moment."""
        return datetime.now(UTC)


class SetClock:
    """A clock for tests and for `kaiwa try --json`: stands until it is moved."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        """Where the clock was set."""
        return self.at

    def move(self, seconds: float) -> None:
        """Move the clock, backwards too."""
        self.at += timedelta(seconds=seconds)
