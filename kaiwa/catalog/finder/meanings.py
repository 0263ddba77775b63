"""Makes the vectors of titles beside everything else, a page at a time, while nothing waits."""

import threading
from collections.abc import Callable, Sequence
from typing import Final

import structlog

from kaiwa.catalog.finder.shelf import Shelf
from kaiwa.engines.db import Database

log = structlog.get_logger()

PAUSE_S: Final = 5.0


class Meanings:
    """A thread of its own: the model lets others compute meanwhile. `close` waits for a page."""

    def __init__(
        self, db: Database, shelves: Callable[[], Sequence[Shelf]], pause_s: float = PAUSE_S
    ) -> None:
        self._db = db
        self._shelves = shelves
        self._pause_s = pause_s
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="kaiwa-meanings", daemon=True)

    def start(self) -> None:
        """Begin, after a first pause."""
        self._thread.start()

    def close(self) -> None:
        """End; what was made is kept when the shelves are closed."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(self._pause_s):
            for shelf in self._shelves():
                try:
                    self._make(shelf)
                except Exception:  # the thread outlives whatever one merchant's catalog does
                    log.exception("meanings_failed", merchant=shelf.merchant_id)

    def _make(self, shelf: Shelf) -> None:
        while not self._stop.is_set():
            page = self._db.read_now(shelf.next_titles)
            if page is None:
                return
            shelf.embed(page)
