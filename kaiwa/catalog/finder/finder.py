"""The finder of a process: a shelf for each merchant asked for, kept fresh beside the turns.

`find` and `suggest` answer from memory and index. A thread of its own takes over what changed in
the catalogs, writes the texts where this process is the one that writes, and keeps the searches.
"""

import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import msgspec
import structlog

from kaiwa.catalog.change import CHANGED, newest_changes
from kaiwa.catalog.finder.find import Answer, Shopper, find, find_understood
from kaiwa.catalog.finder.meanings import Meanings
from kaiwa.catalog.finder.searches import Searches
from kaiwa.catalog.finder.shelf import Shelf
from kaiwa.catalog.finder.texts import PAGE
from kaiwa.catalog.understanding import Understood
from kaiwa.engines.clock import Clock
from kaiwa.engines.db import Database, Nudge, Session
from kaiwa.engines.embeddings import open_embedder
from kaiwa.languages.two_scripts import prepare
from kaiwa.merchants.merchant import merchant
from kaiwa.vocabulary.errors import KaiwaError, NotFound

log = structlog.get_logger()

PAUSE_S: Final = 0.2  # texts that change meanwhile are written together
ON_THE_SPOT: Final = 500  # products that the first question of a process may wait for
REST_AFTER: Final = 100  # pauses without a change, then another process may write
SAVE_AFTER: Final = 25  # pauses without a change, then the columns are kept on the disk
OPEN_AT_ONCE: Final = 200


class _Open:
    """A shelf, and one at a time who writes its texts."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.writing = threading.Lock()
        self.opening = threading.Lock()
        self.who: Shopper | None = None
        self.quiet = 0

    def write_slice(self, session: Session, most: int = PAGE) -> bool:
        with self.writing:
            return self.shelf.write_slice(session, most)


class Finder:
    """What other floors ask. Any thread may; `start` once, `close` at the end.

    `data` None keeps everything in memory. Without `start` each question first brings its own
    merchant's shelf up to date, which is what a command does. With `keeps` False nothing of what
    was asked or learned is written down: the database is one that will be thrown away.
    """

    def __init__(
        self, db: Database, data: Path | None, clock: Clock, *, keeps: bool = True
    ) -> None:
        self._db = db
        self._keeps = keeps
        self._folder = data and data / "search"
        self._open: dict[int, _Open] = {}
        self._lock = threading.Lock()
        self._searches = Searches(clock)
        self._written: dict[int, int] = {}
        self._thread: threading.Thread | None = None
        self._meanings: Meanings | None = None
        self._stop = threading.Event()
        self._writes = True  # a command writes what it comes upon, if nobody else does

    def find(self, session: Session, merchant_id: int, query: str, limit: int = 20) -> Answer:
        """Products for the query with prices of now; the search is written down a little later.

        The session must not have written to the catalog. `NotFound` without such a merchant.
        """
        shelf, who = self._of(session, merchant_id)
        answer = find(session, shelf, query, who, limit)
        search_id = self._searches.take(merchant_id, query, answer)
        return msgspec.structs.replace(answer, search_id=search_id)

    def find_understood(
        self, session: Session, merchant_id: int, asked: Understood, limit: int = 20
    ) -> Answer:
        """`find` for a query that was understood already, word by word or over several turns."""
        shelf, _ = self._of(session, merchant_id)
        answer = find_understood(session, shelf, asked, limit)
        search_id = self._searches.take(merchant_id, asked.terms, answer)
        return msgspec.structs.replace(answer, search_id=search_id)

    def try_now(self, merchant_id: int, query: str, limit: int = 20) -> Answer:
        """The same in a reading of its own, and without a trace: nobody was shopping."""

        def ask(session: Session) -> Answer:
            shelf, who = self._of(session, merchant_id)
            return find(session, shelf, query, who, limit)

        return self._db.read_now(ask)

    def suggest(self, session: Session, merchant_id: int, typed: str, limit: int = 8) -> list[str]:
        """How the shopper may go on, in words of the shop."""
        shelf = self._of(session, merchant_id)[0]
        shelf.catch_up(session)
        with shelf.lock:
            return shelf.suggester.suggestions(typed, limit)

    def shelf(self, session: Session, merchant_id: int) -> Shelf:
        """The merchant's shelf, caught up, for what else is made of it."""
        shelf = self._of(session, merchant_id)[0]
        shelf.catch_up(session)
        return shelf

    def hear(self, nudges: Iterable[Nudge]) -> None:
        """Take over what these tell of the catalogs, a little at a time, and never wait for it.

        Called on the thread that has committed it, each question after the commit finds it taken.
        What is left out here, each question takes over by itself.
        """
        for merchant_id in {one.merchant_id for one in nudges if one.kind == CHANGED}:
            there = self._open.get(merchant_id)
            if there is not None and there.who is not None and not self._stop.is_set():
                self._try(lambda shelf=there.shelf: self._db.read_now(shelf.take_few))  # type: ignore[misc]

    def chosen(self, merchant_id: int, search_id: int, product_id: int) -> None:
        """The shopper opened this product of that answer."""
        self._searches.choose(merchant_id, search_id, product_id)

    def start(self, *, writes: bool) -> None:
        """Keep fresh from now on; `writes` also the texts of every merchant."""
        self._writes = writes
        with self._lock:
            for there in self._open.values():
                there.shelf.alone = False
        self._thread = threading.Thread(target=self._keep_fresh, name="kaiwa-finder", daemon=True)
        self._thread.start()
        if writes and open_embedder() is not None:
            self._meanings = Meanings(self._db, self._shelves)
            self._meanings.start()

    def close(self) -> None:
        """Write down what was searched, keep the columns, let go of the folders."""
        self._stop.set()
        if self._meanings is not None:
            self._meanings.close()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        if self._keeps:
            self._try(self._write_searches)
        with self._lock:
            for there in self._open.values():
                self._put_away(there)
            self._open.clear()

    def _shelves(self) -> list[Shelf]:
        with self._lock:
            return [there.shelf for there in self._open.values()]

    def _of(self, session: Session, merchant_id: int) -> tuple[Shelf, Shopper]:
        there = self._open.get(merchant_id) or self._opened(merchant_id)
        return there.shelf, there.who or self._ready(session, there)

    def _opened(self, merchant_id: int) -> _Open:
        with self._lock:
            there = self._open.get(merchant_id)
            if there is None:
                while len(self._open) >= OPEN_AT_ONCE:
                    self._put_away(self._open.pop(next(iter(self._open))))
                folder = self._folder and self._folder / str(merchant_id)
                shelf = Shelf(merchant_id, folder, alone=self._thread is None)
                there = self._open[merchant_id] = _Open(shelf)
            return there

    def _ready(self, session: Session, there: _Open) -> Shopper:
        with there.opening:
            if there.who is None:
                owner = merchant(session, there.shelf.merchant_id)
                if self._thread is not None:
                    # A small shop is there with its first answer; a large one comes by itself.
                    there.shelf.take_slice(session, ON_THE_SPOT)
                    if self._writes:
                        self._try(lambda: there.write_slice(session, ON_THE_SPOT))
                there.who = Shopper(owner.currency, owner.language)
            return there.who

    def _put_away(self, there: _Open) -> None:
        if self._writes and self._keeps and there.shelf.may_write:
            self._try(there.shelf.save)
        self._try(there.shelf.close)

    def _keep_fresh(self) -> None:
        prepared = False
        while not self._stop.wait(PAUSE_S):
            self._try(self._write_searches)
            self._try(self._take_changes)
            if not prepared:
                # What the first questions would have to wait for.
                prepared = True
                self._try(lambda: prepare(lambda: not self._stop.is_set()))

    def _write_searches(self) -> None:
        while batch := self._searches.waiting():
            self._db.write_now(batch.write)
            self._searches.written(batch)

    def _take_changes(self) -> None:
        for merchant_id, newest in self._db.read_now(newest_changes).items():
            there = self._open.get(merchant_id)
            if there is not None and there.who is not None:
                self._freshen(there, newest)
            if self._writes and self._written.get(merchant_id) != newest:
                self._try(lambda m=merchant_id, n=newest: self._write_texts(m, n))  # type: ignore[misc]
            if self._stop.is_set():
                return

    def _freshen(self, there: _Open, newest: int) -> None:
        there.quiet = 0 if there.shelf.place.newest != newest else there.quiet + 1
        while there.shelf.place.newest != newest and not self._stop.is_set():
            if not self._db.read_now(there.shelf.take_slice):
                break
        if there.quiet == SAVE_AFTER and self._writes and there.shelf.may_write:
            self._try(there.shelf.save)
        if there.quiet == REST_AFTER:
            with there.writing:
                there.shelf.index.rest()

    def _write_texts(self, merchant_id: int, newest: int) -> None:
        there = self._open.get(merchant_id) or self._opened(merchant_id)
        while self._db.read_now(there.write_slice):
            if self._stop.is_set():
                return
        if there.shelf.may_write:
            self._written[merchant_id] = newest

    def _try(self, work: Callable[[], object]) -> None:
        """What fails is tried again after the next pause; the others go on."""
        try:
            work()
        except NotFound:
            return
        except KaiwaError as error:
            log.warning("finder_waits", reason=error.message)
        except Exception:  # the thread outlives whatever one merchant's catalog does
            log.exception("finder_failed")
