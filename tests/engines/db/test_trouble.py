"""The database in trouble: a full disk, a lost server, a deadlock. Nothing acknowledged is lost."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest

from kaiwa.engines.db import Database, Nudge, Session, open_database
from kaiwa.vocabulary.errors import Unreachable
from tests.databases import rows, table
from tests.waiting import until

pytestmark = pytest.mark.faults


@contextmanager
def ordering(url: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(url, autocommit=True) as connection:
        yield connection


def cut_everybody(url: str) -> int:
    """End every connection to the database; how many there were."""
    other = url.replace(urlsplit(url).path, "/postgres", 1)
    with ordering(other) as connection:
        cut = connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            [urlsplit(url).path.removeprefix("/")],
        )
        return len(cut.fetchall())


def insert(number: int, size: int = 0) -> Any:
    return lambda s: s.run("INSERT INTO probe VALUES (:n, :b)", n=number, b=b"x" * size)


@pytest.fixture
async def sqlite(sqlite_url: str):
    with closing(open_database(sqlite_url)) as db:
        await db.write(lambda s: table(s, "n BIGINT, b BYTES"))
        yield db


@pytest.fixture
async def served(postgres_url: str):
    with closing(open_database(postgres_url)) as db:
        await db.write(lambda s: table(s, "n BIGINT, b BYTES"))
        yield db


async def attempt(db: Database, number: int, size: int) -> int | None:
    try:
        await db.write(insert(number, size))
    except Unreachable:
        return None
    return number


async def test_a_full_disk_loses_nothing_that_was_acknowledged(
    sqlite: Database, sqlite_url: str
) -> None:
    pages = (await sqlite.read(lambda s: s.one("PRAGMA page_count")) or [0])[0]
    await sqlite.write(lambda s: s.all(f"PRAGMA max_page_count = {pages + 100}"))
    outcomes = await asyncio.gather(*(attempt(sqlite, n, 8_000) for n in range(200)))
    landed = [n for n in outcomes if n is not None]
    assert 0 < len(landed) < 60
    assert await attempt(sqlite, 200, 80_000) is None
    await sqlite.write(lambda s: s.all("PRAGMA max_page_count = 1000000"))
    assert await attempt(sqlite, 201, 80_000) == 201
    with closing(open_database(sqlite_url)) as again:
        found = await again.read(lambda s: rows(s, "SELECT n FROM probe ORDER BY n"))
    assert found == [(n,) for n in [*landed, 201]]


async def test_a_file_locked_by_another_program_is_unreachable_and_then_served(
    sqlite: Database, sqlite_url: str
) -> None:
    await sqlite.write(lambda s: s.all("PRAGMA busy_timeout = 50"))
    import sqlite3

    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert await attempt(sqlite, 1, 0) is None
    other.execute("ROLLBACK")
    other.close()
    assert await attempt(sqlite, 2, 0) == 2


async def test_after_the_server_was_away_writing_goes_on(
    served: Database, postgres_url: str
) -> None:
    landed = []
    for n in range(60):
        if n % 10 == 5:
            assert cut_everybody(postgres_url) > 0
        landed.append(await attempt(served, n, 0))
    assert await attempt(served, 99, 0) == 99
    found = await served.read(lambda s: rows(s, "SELECT n FROM probe ORDER BY n"))
    # A retry on a new connection hides the cut; a unit that was refused did not land.
    assert found == [(n,) for n in [*landed, 99] if n is not None]
    assert len(found) > 50


async def test_cutting_the_connection_under_concurrent_writers_doubles_and_loses_nothing(
    served: Database, postgres_url: str
) -> None:
    done: list[int] = []
    unsure: list[int] = []

    async def write(n: int) -> None:
        try:
            await served.write(insert(n))
        except Unreachable as error:
            unsure.extend([n] if error.maybe_done else [])
        else:
            done.append(n)

    for start in range(0, 500, 100):
        writing = [asyncio.ensure_future(write(n)) for n in range(start, start + 100)]
        await until(lambda start=start: len(done) > start // 2)  # type: ignore[misc]
        await asyncio.to_thread(cut_everybody, postgres_url)
        await asyncio.gather(*writing)
    found = await served.read(lambda s: rows(s, "SELECT n FROM probe ORDER BY n"))
    numbers = [n for (n,) in found]
    assert len(set(numbers)) == len(numbers)
    assert set(done) <= set(numbers) <= set(done) | set(unsure)


async def test_a_listener_learns_that_it_may_have_missed_something(
    served: Database, postgres_url: str
) -> None:
    missed: list[int] = []
    heard: list[Nudge] = []
    served.listen(heard.extend, lambda: missed.append(1))
    await until(lambda: len(missed) == 1)
    cut_everybody(postgres_url)
    await until(lambda: len(missed) == 2)
    await served.write(lambda s: s.nudge(Nudge("after", 1)))
    await until(lambda: bool(heard))
    assert heard == [Nudge("after", 1)]


async def test_a_server_that_is_not_there_is_unreachable() -> None:
    with closing(open_database("postgresql://nobody@127.0.0.1:1/none")) as db:
        with pytest.raises(Unreachable) as raised:
            await db.write(insert(1))
        assert not raised.value.maybe_done
        with pytest.raises(Unreachable):
            await db.read(rows)


async def test_a_server_that_became_a_standby_is_unreachable_and_then_served(
    served: Database, postgres_url: str
) -> None:
    name = urlsplit(postgres_url).path.removeprefix("/")
    with ordering(postgres_url) as connection:
        connection.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    cut_everybody(postgres_url)
    assert await attempt(served, 1, 0) is None
    with ordering(postgres_url) as connection:
        connection.execute("SET default_transaction_read_only = off")
        connection.execute(f"ALTER DATABASE {name} RESET default_transaction_read_only")
    assert await attempt(served, 2, 0) == 2


async def test_a_deadlock_is_run_again(served: Database, postgres_url: str) -> None:
    await served.write(lambda s: s.many("INSERT INTO probe VALUES (:n, '')", [{"n": 1}, {"n": 2}]))
    with ordering(postgres_url) as connection:
        name = urlsplit(postgres_url).path.removeprefix("/")
        connection.execute(f"ALTER DATABASE {name} SET deadlock_timeout = '20ms'")
    cut_everybody(postgres_url)
    both = threading.Barrier(2)
    runs: list[str] = []

    def crossing(name: str, first: int, second: int) -> Any:
        def work(session: Session) -> str:
            runs.append(name)
            session.run("UPDATE probe SET b = b || '\\x01' WHERE n = :n", n=first)
            if runs.count(name) == 1:
                both.wait(5)
            session.run("UPDATE probe SET b = b || '\\x02' WHERE n = :n", n=second)
            return name

        return work

    units = (served.write(crossing("a", 1, 2)), served.write(crossing("b", 2, 1)))
    assert [*await asyncio.gather(*units)] == ["a", "b"]
    assert len(runs) > 2
    assert [len(b) for _, b in await served.read(rows)] == [2, 2]
