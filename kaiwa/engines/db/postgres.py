"""PostgreSQL: a few connections, one transaction per unit, retried on deadlock.

Nudges travel by NOTIFY inside the transaction and arrive by LISTEN on a connection of their own,
in every process alike, the sender's too.
"""

import hashlib
import os
import random
import re
import secrets
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar

import msgspec
import psycopg
import structlog
from psycopg.adapt import Dumper
from psycopg.types.string import StrDumperUnknown

from kaiwa.engines.db import Nudge, Row, Work
from kaiwa.engines.db.futures import awaited
from kaiwa.engines.db.postgres_peer import connect
from kaiwa.vocabulary.errors import Unreachable
from kaiwa.vocabulary.time import to_micros

T = TypeVar("T")

WRITERS = 8
READERS = 4
TRIES = 6
_CHANNEL = "kaiwa"
_PAYLOAD_BYTES = 7_000
_RETRY = (psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure)
_AWAY = (psycopg.OperationalError, psycopg.InterfaceError, psycopg.errors.ReadOnlySqlTransaction)
# What is quoted or a comment is matched first, so that nothing in it is taken for a parameter.
_PARAMETER = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|(?<![:\w]):([a-z_][a-z_0-9]*)""")

log = structlog.get_logger()


class _MicrosDumper(Dumper):
    oid = psycopg.postgres.types["int8"].oid

    def dump(self, obj: datetime) -> bytes:
        return str(to_micros(obj)).encode()


class _TextDumper(StrDumperUnknown):
    # PostgreSQL keeps no NUL. It means nothing in words, and a message must not be lost for one.
    def dump(self, obj: str) -> Any:
        return super().dump(obj.replace("\x00", ""))


@lru_cache(maxsize=2048)
def _percent(sql: str) -> str:
    return _PARAMETER.sub(
        lambda found: f"%({found[1]})s" if found[1] else found[0], sql.replace("%", "%%")
    )


class PostgresSession:
    """See `Session`. Wraps one connection inside one transaction."""

    dialect: Any = "postgres"
    lock = " FOR UPDATE"

    def __init__(self, connection: "psycopg.Connection[Row]") -> None:
        self._connection = connection
        self.nudges: list[Nudge] = []

    def run(self, sql: str, **params: Any) -> int:
        """Execute; the number of rows it touched."""
        return self._connection.execute(_percent(sql), params).rowcount

    def one(self, sql: str, **params: Any) -> Row | None:
        """The first row, or None."""
        return self._connection.execute(_percent(sql), params).fetchone()

    def all(self, sql: str, **params: Any) -> list[Row]:
        """Every row."""
        return self._connection.execute(_percent(sql), params).fetchall()

    def many(self, sql: str, rows: list[dict[str, Any]]) -> None:
        """Execute once per row of parameters, pipelined."""
        self._connection.cursor().executemany(_percent(sql), rows)

    def nudge(self, nudge: Nudge) -> None:
        """Tell the listeners of every process once the transaction has committed."""
        self.nudges.append(nudge)

    def owner_lives(self, owner: str) -> bool:
        """Whether the owner's session still holds its advisory lock."""
        row = self.one("SELECT pg_try_advisory_xact_lock(:key)", key=_lock_key(owner))
        return row is not None and not row[0]

    def notify(self) -> None:
        """Put the collected nudges on their way, in pieces NOTIFY can carry."""
        for payload in _payloads(self.nudges):
            self.run("SELECT pg_notify(:channel, :payload)", channel=_CHANNEL, payload=payload)


class PostgresDatabase:
    """See `Database`."""

    dialect: Any = "postgres"

    def __init__(self, url: str) -> None:
        self._url = re.sub(r"^postgresql\+\w+://", "postgresql://", url)
        self._writers = ThreadPoolExecutor(WRITERS, thread_name_prefix="kaiwa-write")
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="kaiwa-read")
        self._local = threading.local()
        self._opened: set[psycopg.Connection[Row]] = set()
        self._closing = threading.Event()
        self._listener: threading.Thread | None = None
        self._owners: dict[str, psycopg.Connection[Row]] = {}

    async def write(self, work: Work[T]) -> T:
        """Run in a transaction on a writer thread; returns after COMMIT."""
        return await awaited(self._submit(self._writers, work, False))

    async def read(self, work: Work[T]) -> T:
        """Run in a read-only snapshot on a reader thread."""
        return await awaited(self._submit(self._readers, work, True))

    def write_now(self, work: Work[T]) -> T:
        """`write` for callers without an event loop."""
        return self._transact(work, False)

    def read_now(self, work: Work[T]) -> T:
        """`read` for callers without an event loop."""
        return self._transact(work, True)

    def listen(self, heard: Callable[[list[Nudge]], None], missed: Callable[[], None]) -> None:
        """Start the listening connection; it reconnects for ever and says when it was away."""
        self._listener = threading.Thread(
            target=self._listen_forever, args=(heard, missed), name="kaiwa-listen", daemon=True
        )
        self._listener.start()

    def take_owner(self) -> str:
        """A name held by a session-level advisory lock of a connection of its own."""
        owner = f"{os.getpid()}-{secrets.token_hex(6)}"
        connection = self._connect()
        connection.execute("SELECT pg_advisory_lock(%s)", [_lock_key(owner)])
        self._owners[owner] = connection
        return owner

    def keep_owner(self, owner: str) -> None:
        """Hold the name on a new connection when the one that held it was lost."""
        try:
            self._owners[owner].execute("SELECT 1")
        except (psycopg.OperationalError, psycopg.InterfaceError):
            self._owners[owner].close()
            self._owners[owner] = connection = self._connect()
            # When the server still holds it for the lost connection, the next call tries again.
            if connection.execute(
                "SELECT pg_try_advisory_lock(%s)", [_lock_key(owner)]
            ).fetchone() != (True,):
                connection.close()

    def close(self) -> None:
        """Finish what was taken, then close every connection."""
        self._closing.set()
        self._writers.shutdown()
        self._readers.shutdown()
        if self._listener is not None:
            self._listener.join(timeout=5)
        for connection in [*self._opened, *self._owners.values()]:
            connection.close()

    def _submit(self, threads: ThreadPoolExecutor, work: Work[T], readonly: bool) -> "Future[T]":
        try:
            return threads.submit(self._transact, work, readonly)
        except RuntimeError as error:
            raise Unreachable("The database is closed.") from error

    def _connect(self) -> "psycopg.Connection[Row]":
        try:
            connection = connect(self._url)
        except psycopg.OperationalError as error:
            raise Unreachable(f"PostgreSQL does not answer: {error}", retry_after_s=1) from error
        connection.adapters.register_dumper(datetime, _MicrosDumper)
        connection.adapters.register_dumper(str, _TextDumper)
        connection.prepare_threshold = 2
        connection.prepared_max = 500
        return connection

    def _mine(self) -> "psycopg.Connection[Row]":
        connection: psycopg.Connection[Row] | None = getattr(self._local, "connection", None)
        if connection is None or connection.closed:
            connection = self._local.connection = self._connect()
            self._opened.add(connection)
        return connection

    def _drop(self) -> None:
        connection: psycopg.Connection[Row] | None = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            self._opened.discard(connection)
            self._local.connection = None

    def _transact(self, work: Work[T], readonly: bool) -> T:
        for attempt in range(TRIES):
            try:
                return self._once(work, readonly)
            except _RETRY as error:
                if attempt + 1 == TRIES:
                    raise Unreachable(f"Too much at once: {error}", retry_after_s=1) from error
                time.sleep(random.uniform(0, 0.01 * 2**attempt))
            except _AWAY as error:
                if readonly and isinstance(error, psycopg.errors.ReadOnlySqlTransaction):
                    raise
                self._drop()
                if attempt >= 1:
                    # It ended before COMMIT was sent: nothing of it stands.
                    raise Unreachable(f"PostgreSQL went away: {error}", retry_after_s=1) from error
        raise AssertionError("unreachable")

    def _once(self, work: Work[T], readonly: bool) -> T:
        connection = self._mine()
        begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" if readonly else "BEGIN"
        session = PostgresSession(connection)
        connection.execute(begin)
        try:
            result = work(session)
            session.notify()
        except BaseException:
            if not connection.closed:
                connection.execute("ROLLBACK")
            raise
        self._commit(connection)
        return result

    def _commit(self, connection: "psycopg.Connection[Row]") -> None:
        try:
            outcome = connection.execute("COMMIT").statusmessage
        except _RETRY:
            raise
        except (psycopg.OperationalError, psycopg.InterfaceError) as error:
            self._drop()
            raise Unreachable(
                f"PostgreSQL went away while committing: {error}", maybe_done=True
            ) from error
        if outcome != "COMMIT":
            # The unit caught a database error and went on: PostgreSQL rolls back without a word.
            raise psycopg.errors.InFailedSqlTransaction("A statement of this unit had failed.")

    def _listen_forever(
        self, heard: Callable[[list[Nudge]], None], missed: Callable[[], None]
    ) -> None:
        while not self._closing.is_set():
            try:
                with self._connect() as connection:
                    connection.execute(f"LISTEN {_CHANNEL}")
                    missed()
                    self._relay(connection, heard)
            except (Unreachable, psycopg.Error):
                self._closing.wait(0.5)

    def _relay(
        self, connection: "psycopg.Connection[Row]", heard: Callable[[list[Nudge]], None]
    ) -> None:
        while not self._closing.is_set():
            for notice in connection.notifies(timeout=0.25):
                try:
                    heard(msgspec.json.decode(notice.payload, type=list[Nudge]))
                except Exception:  # one notice must not end the listening
                    # Not what it says: it may be words to a shopper.
                    log.exception("nudge_failed", size_bytes=len(notice.payload))


def _payloads(nudges: list[Nudge]) -> list[str]:
    payloads: list[str] = []
    part: list[str] = []
    size = 0
    for nudge in dict.fromkeys(nudges):
        text = msgspec.json.encode(nudge).decode()
        if part and size + len(text.encode()) > _PAYLOAD_BYTES:
            payloads.append(f"[{','.join(part)}]")
            part, size = [], 0
        part.append(text)
        size += len(text.encode()) + 1
    return [*payloads, f"[{','.join(part)}]"] if part else payloads


def _lock_key(owner: str) -> int:
    return int.from_bytes(hashlib.sha256(owner.encode()).digest()[:8], "big", signed=True)
