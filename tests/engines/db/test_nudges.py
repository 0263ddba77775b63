"""Nudges: told after the commit, never after a rollback, and in every process."""

import asyncio
from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest

from kaiwa.engines.db import Database, Nudge, Session, open_database
from tests.databases import rows, table
from tests.waiting import until


class Listener:
    def __init__(self, db: Database) -> None:
        self.heard: list[Nudge] = []
        self.missed = 0
        db.listen(self.heard.extend, self._missed)

    def _missed(self) -> None:
        self.missed += 1


@pytest.fixture
async def listener(database: Database) -> Listener:
    made = Listener(database)
    if database.dialect == "postgres":
        await until(lambda: made.missed == 1)
    return made


def nudging(*nudges: Nudge, fail: bool = False):
    def work(session: Session) -> None:
        for nudge in nudges:
            session.nudge(nudge)
        if fail:
            raise ValueError

    return work


async def test_a_nudge_arrives_as_it_was_given(database: Database, listener: Listener) -> None:
    given = [Nudge("message", 3, 2**40, -1, "ノート: 100% :x '\"\\"), Nudge("job", 0)]
    await database.write(nudging(*given))
    await until(lambda: len(listener.heard) == 2)
    assert listener.heard == given


async def test_a_nudge_of_what_was_rolled_back_never_arrives(
    database: Database, listener: Listener
) -> None:
    with pytest.raises(ValueError):
        await database.write(nudging(Nudge("no", 1), fail=True))
    await database.write(nudging(Nudge("yes", 1)))
    await until(lambda: bool(listener.heard))
    assert listener.heard == [Nudge("yes", 1)]


async def test_what_a_nudge_tells_of_can_be_read_when_it_arrives(database: Database) -> None:
    found: list[int] = []
    ready: list[int] = []

    def look(nudges: list[Nudge]) -> None:
        found.extend(len(database.read_now(rows)) for _ in nudges)

    database.listen(look, lambda: ready.append(1))
    if database.dialect == "postgres":
        await until(lambda: bool(ready))
    await database.write(lambda s: table(s, "n BIGINT"))

    def work(session: Session) -> None:
        session.run("INSERT INTO probe VALUES (1)")
        session.nudge(Nudge("probe", 1))

    await database.write(work)
    await until(lambda: bool(found))
    assert found == [1]


async def test_a_thousand_nudges_of_one_unit_all_arrive_in_order(
    database: Database, listener: Listener
) -> None:
    given = [Nudge("message", 1, n, n, "x" * 50) for n in range(1000)]
    await database.write(nudging(*given))
    await until(lambda: len(listener.heard) >= 1000)
    assert listener.heard == given


async def test_a_listener_that_fails_is_called_again(database: Database) -> None:
    calls: list[str] = []
    ready: list[bool] = []

    def fails(nudges: list[Nudge]) -> None:
        calls.extend(nudge.kind for nudge in nudges)
        raise ZeroDivisionError

    database.listen(fails, lambda: ready.append(True))
    if database.dialect == "postgres":
        await until(lambda: len(ready) > 0)
    for kind in ("first", "second"):
        async with asyncio.timeout(60):
            await database.write(nudging(Nudge(kind, 1)))
        await until(lambda kind=kind: kind in calls)  # type: ignore[misc]


@pytest.fixture
def two(postgres_url: str) -> Iterator[tuple[Database, Database]]:
    with closing(open_database(postgres_url)) as one, closing(open_database(postgres_url)) as other:
        yield one, other


async def test_another_process_hears_it_too(two: tuple[Database, Database]) -> None:
    listener = Listener(two[1])
    await until(lambda: listener.missed == 1)
    with pytest.raises(ValueError):
        await two[0].write(nudging(Nudge("no", 1), fail=True))
    await two[0].write(nudging(Nudge("yes", 2)))
    await until(lambda: bool(listener.heard))
    assert listener.heard == [Nudge("yes", 2)]


async def test_a_notice_of_somebody_else_does_not_stop_the_listening(
    two: tuple[Database, Database], postgres_url: str
) -> None:
    listener = Listener(two[0])
    await until(lambda: listener.missed == 1)
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("NOTIFY kaiwa, 'hello'")
    await two[1].write(nudging(Nudge("yes", 2)))
    await until(lambda: bool(listener.heard))
    assert (listener.heard, listener.missed) == ([Nudge("yes", 2)], 1)
