"""SQLite: one writer thread, group commit, a savepoint per unit of work.

While one commit waits for the disk, the next batch gathers; a lone unit pays nothing. A unit that
fails is rolled back to its savepoint and its neighbours go on. Futures resolve only after COMMIT
(synchronous=FULL), so what was answered was on the disk.
"""

import contextlib
import queue
import random
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import structlog

from kaiwa.engines.db import Nudge, Row, Work
from kaiwa.engines.db.futures import Promise, awaited
from kaiwa.engines.db.owners import FileOwners
from kaiwa.vocabulary.errors import Unreachable
from kaiwa.vocabulary.time import to_micros

T = TypeVar("T")
Tell: TypeAlias = Callable[[Any, BaseException | None], None]

BATCH_UNITS = 256
WAITING_UNITS = 20_000
READERS = 4
# Each thread that reads has one; what falls out is still in the system's own cache.
READER_CACHE_KB = 4_096
# A savepoint's undo pages would be spilled to a temporary file beyond 64 KiB.
OPENS_WITHIN_S = 10.0
_PRAGMAS = ("busy_timeout=10000", "foreign_keys=ON", "cache_size=-65536", "temp_store=MEMORY")

log = structlog.get_logger()

sqlite3.register_adapter(datetime, to_micros)


class SqliteSession:
    """See `Session`. Wraps one connection; lives for one unit of work."""

    dialect: Any = "sqlite"
    lock = ""

    def __init__(self, connection: sqlite3.Connection, owners: FileOwners) -> None:
        self._connection = connection
        self._owners = owners
        self.nudges: list[Nudge] = []

    def run(self, sql: str, **params: Any) -> int:
        """Execute; the number of rows it touched."""
        return self._connection.execute(sql, params).rowcount

    def one(self, sql: str, **params: Any) -> Row | None:
        """The first row, or None."""
        cursor = self._connection.execute(sql, params)
        row: Row | None = cursor.fetchone()
        if row is not None:
            # A RETURNING statement takes effect only when it has run to its end.
            cursor.fetchall()
        return row

    def all(self, sql: str, **params: Any) -> list[Row]:
        """Every row."""
        return self._connection.execute(sql, params).fetchall()

    def many(self, sql: str, rows: list[dict[str, Any]]) -> None:
        """Execute once per row of parameters."""
        self._connection.executemany(sql, rows)

    def nudge(self, nudge: Nudge) -> None:
        """Tell the listeners once the transaction has committed."""
        self.nudges.append(nudge)

    def owner_lives(self, owner: str) -> bool:
        """Whether the process that called itself `owner` still runs."""
        return self._owners.lives(owner)


class _Unit:
    __slots__ = ("error", "result", "tell", "work")

    def __init__(self, work: Work[Any], tell: Tell) -> None:
        self.work = work
        self.tell = tell
        self.result: Any = None
        self.error: BaseException | None = None

    def anew(self) -> "_Unit":
        self.result = self.error = None
        return self

    def resolve(self) -> None:
        if self.error is not None:
            self.tell(None, _translated(self.error))
        else:
            self.tell(self.result, None)


class _RolledBack(Exception):
    """The whole transaction is gone, not only the unit that failed."""


class SqliteDatabase:
    """See `Database`. One process serves from a file; other processes may write for a moment."""

    dialect: Any = "sqlite"

    def __init__(self, path: str) -> None:
        self._path = path
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        self._owners = FileOwners(Path(path).parent / "owners")
        self._units: queue.SimpleQueue[_Unit | None] = queue.SimpleQueue()
        self._heard: list[Callable[[list[Nudge]], None]] = []
        self._local = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self._closing = False
        self._door = threading.Lock()
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="kaiwa-read")
        self._connection: sqlite3.Connection | None = None
        self._writer = threading.Thread(target=self._write_forever, name="kaiwa-write")
        self._writer.daemon = True
        self._writer.start()

    async def write(self, work: Work[T]) -> T:
        """Run in the next group commit; returns after it is on the disk."""
        promise: Promise[T] = Promise()
        self._submit(_Unit(work, promise.resolve))
        return await promise

    def write_now(self, work: Work[T]) -> T:
        """`write` for callers without an event loop."""
        future: Future[T] = Future()

        def tell(result: Any, error: BaseException | None) -> None:
            if error is not None:
                future.set_exception(error)
            else:
                future.set_result(result)

        self._submit(_Unit(work, tell))
        return future.result()

    async def read(self, work: Work[T]) -> T:
        """Run on a read-only connection of its own: readers never wait for the writer."""
        try:
            reading = self._readers.submit(self._read, work)
        except RuntimeError as error:
            raise Unreachable("The database is closed.") from error
        return await awaited(reading)

    def read_now(self, work: Work[T]) -> T:
        """`read` for callers without an event loop."""
        return self._read(work)

    def listen(self, heard: Callable[[list[Nudge]], None], missed: Callable[[], None]) -> None:
        """Every nudge of this process; nothing is ever missed in one process."""
        self._heard.append(heard)

    def take_owner(self) -> str:
        """A name whose lock file the system lets go of when this process ends."""
        return self._owners.take()

    def keep_owner(self, owner: str) -> None:
        """Nothing to do: a lock file is held until the process ends."""

    def close(self) -> None:
        """Finish what was taken, then close every connection."""
        with self._door:
            self._closing = True
            self._units.put(None)
        self._writer.join()
        self._readers.shutdown()
        for connection in self._opened:
            connection.close()

    def _submit(self, unit: _Unit) -> None:
        with self._door:
            # Behind the last unit nobody would ever come.
            if self._closing:
                raise Unreachable("The database is closed.")
            if self._units.qsize() > WAITING_UNITS:
                raise Unreachable("The database has too much waiting.", retry_after_s=1)
            self._units.put(unit)

    def _connect(self, *, readonly: bool) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._path, isolation_level=None, cached_statements=512, check_same_thread=False
        )
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        if readonly:
            connection.execute("PRAGMA query_only=ON")
            connection.execute(f"PRAGMA cache_size=-{READER_CACHE_KB}")
        else:
            _write_ahead(connection)
            connection.execute("PRAGMA synchronous=FULL")
        self._opened.append(connection)
        return connection

    def _read(self, work: Work[T]) -> T:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = self._connect(readonly=True)
        try:
            connection.execute("BEGIN")
            try:
                return work(SqliteSession(connection, self._owners))
            finally:
                connection.execute("ROLLBACK")
        except sqlite3.Error as error:
            raise _translated(error) from error

    def _write_forever(self) -> None:
        while (first := self._units.get()) is not None:
            batch, last = self._gather(first)
            self._tell(self._settle(batch))
            for unit in batch:
                unit.resolve()
            if last:
                return

    def _settle(self, batch: list[_Unit]) -> list[Nudge]:
        try:
            self._connection = self._connection or self._connect(readonly=False)
            return self._commit(self._connection, batch)
        except _RolledBack:
            if len(batch) > 1:
                # One unit's trouble undid its neighbours: each gets a transaction of its own.
                return [nudge for unit in batch for nudge in self._settle([unit.anew()])]
        except Exception as error:  # the writer outlives whatever happens to one batch
            for unit in batch:
                unit.error = unit.error or error
        self._connection = _reset(self._connection)
        return []

    def _tell(self, nudges: list[Nudge]) -> None:
        for heard in self._heard if nudges else ():
            try:
                heard(nudges)
            except Exception:  # the units are committed, and their callers wait
                log.exception("listener_failed")

    def _gather(self, first: _Unit) -> tuple[list[_Unit], bool]:
        batch = [first]
        with contextlib.suppress(queue.Empty):
            while len(batch) < BATCH_UNITS:
                unit = self._units.get_nowait()
                if unit is None:
                    return batch, True
                batch.append(unit)
        return batch, False

    def _commit(self, connection: sqlite3.Connection, batch: list[_Unit]) -> list[Nudge]:
        nudges: list[Nudge] = []
        connection.execute("BEGIN IMMEDIATE")
        for unit in batch:
            session = SqliteSession(connection, self._owners)
            with _savepoint(connection, unit):
                unit.result = unit.work(session)
                nudges += session.nudges
            if not connection.in_transaction:
                # A full disk or failing device makes SQLite roll everything back by itself.
                unit.error = unit.error or Unreachable("The database rolled this back.")
                raise _RolledBack
        connection.execute("COMMIT")
        return nudges


@contextlib.contextmanager
def _savepoint(connection: sqlite3.Connection, unit: _Unit) -> Iterator[None]:
    connection.execute("SAVEPOINT unit")
    try:
        yield
    except BaseException as error:  # the unit's own caller decides; its neighbours go on
        unit.error = error
        if connection.in_transaction:
            connection.execute("ROLLBACK TO unit")
            connection.execute("RELEASE unit")
    else:
        connection.execute("RELEASE unit")


def _write_ahead(connection: sqlite3.Connection) -> None:
    # Two that open a new file in the same moment each hold what the other waits for: so neither
    # waits inside SQLite, both let go and try again.
    until = time.monotonic() + OPENS_WITHIN_S
    connection.execute("PRAGMA busy_timeout=0")
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            break
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(random.uniform(0.005, 0.03))
    connection.execute(f"PRAGMA {_PRAGMAS[0]}")


def _reset(connection: sqlite3.Connection | None) -> sqlite3.Connection | None:
    if connection is None:
        return None
    try:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    except sqlite3.Error:
        connection.close()
        return None
    return connection


def _translated(error: BaseException) -> BaseException:
    if isinstance(error, sqlite3.OperationalError):
        return Unreachable(f"The database cannot take this now: {error}", retry_after_s=1)
    return error
