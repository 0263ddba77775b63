"""Searches on their way to the search log: a turn does not wait for them to be written."""

import threading
from collections import deque
from collections.abc import Callable
from typing import Final, TypeAlias

from kaiwa.catalog.finder.find import Answer
from kaiwa.catalog.finder.search_log import chosen, new_id, write_down
from kaiwa.engines.clock import Clock
from kaiwa.engines.db import Session

MOST_WAITING: Final = 10_000  # where the database is away for long, the oldest are let go
AT_ONCE: Final = 500

Note: TypeAlias = Callable[[Session], None]


class Batch:
    """Notes that are written in one transaction."""

    def __init__(self, notes: list[Note]) -> None:
        self.notes = notes

    def write(self, session: Session) -> None:
        """All of them, in the order in which they came."""
        for note in self.notes:
            note(session)


class Searches:
    """What waits to be written. Any thread may add, one writes."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._notes: deque[Note] = deque(maxlen=MOST_WAITING)
        self._lock = threading.Lock()

    def take(self, merchant_id: int, query: str, answer: Answer) -> int:
        """Keep a search; the id under which it will be found."""
        search_id, now = new_id(), self._clock.now()
        bare = Answer(answer.asked, answer.relaxed, (), answer.total, {}, answer.took_ms)
        self._add(lambda s: write_down(s, merchant_id, query, bare, now, search_id))
        return search_id

    def choose(self, merchant_id: int, search_id: int, product_id: int) -> None:
        """The shopper opened a product of that search."""
        self._add(lambda s: chosen(s, merchant_id, search_id, product_id))

    def waiting(self) -> Batch | None:
        """The next to be written; they wait until `written`."""
        with self._lock:
            notes = [self._notes[at] for at in range(min(AT_ONCE, len(self._notes)))]
        return Batch(notes) if notes else None

    def written(self, batch: Batch) -> None:
        """These are in the database."""
        with self._lock:
            for note in batch.notes:
                if self._notes and self._notes[0] is note:
                    self._notes.popleft()

    def _add(self, note: Note) -> None:
        with self._lock:
            self._notes.append(note)
