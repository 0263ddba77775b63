"""Holds back one sender who is too fast, in this process, without touching the database."""

import time
from typing import Final

from kaiwa.engines.queue.rate import Limit

# A carrier's phones share few addresses (RFC 6598): a campaign sends them to the shop at once.
PER_ADDRESS: Final = Limit(per_s=50, burst=300)
_MOST = 50_000


class Throttle:
    """A token bucket per sender."""

    def __init__(self, limit: Limit) -> None:
        self._limit = limit
        self._buckets: dict[str, tuple[float, float]] = {}

    def take(self, who: str) -> float:
        """Take one token: 0.0, or the seconds to wait."""
        now = time.monotonic()
        tokens, at = self._buckets.get(who, (self._limit.burst, now))
        tokens = min(self._limit.burst, tokens + (now - at) * self._limit.per_s)
        if tokens < 1:
            return (1 - tokens) / self._limit.per_s
        if len(self._buckets) > _MOST:
            self._buckets.clear()
        self._buckets[who] = (tokens - 1, now)
        return 0.0
