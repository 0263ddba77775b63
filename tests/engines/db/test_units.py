"""Units of work: each stands or falls alone, and what was answered was committed."""

import asyncio
import threading
from contextlib import closing, suppress
from typing import Any

import pytest

from kaiwa.engines.db import Database, Session, open_database
from kaiwa.vocabulary.errors import Unreachable
from tests.databases import rows, table


def insert(number: int, *, fail: BaseException | None = None) -> Any:
    def work(session: Session) -> int:
        session.run("INSERT INTO probe VALUES (:n)", n=number)
        if fail is not None:
            raise fail
        return number

    return work


@pytest.fixture
async def probed(database: Database) -> Database:
    await database.write(lambda s: table(s, "n BIGINT PRIMARY KEY"))
    return database


async def test_a_unit_that_fails_leaves_its_neighbours_alone(probed: Database) -> None:
    units = [insert(n, fail=ValueError(f"no {n}") if n % 7 == 3 else None) for n in range(300)]
    outcomes = await asyncio.gather(*map(probed.write, units), return_exceptions=True)
    for n, outcome in enumerate(outcomes):
        assert repr(outcome) == (f"ValueError('no {n}')" if n % 7 == 3 else str(n))
    assert await probed.read(rows) == [(n,) for n in range(300) if n % 7 != 3]


async def test_a_broken_constraint_is_one_units_trouble(probed: Database) -> None:
    numbers = [1, 2, 2, 3, 1]
    outcomes = await asyncio.gather(
        *(probed.write(insert(n)) for n in numbers), return_exceptions=True
    )
    assert sorted(o for o in outcomes if isinstance(o, int)) == [1, 2, 3]
    assert await probed.read(rows) == [(1,), (2,), (3,)]


@pytest.mark.parametrize("error", [StopIteration(5), SystemExit(1), asyncio.CancelledError()])
async def test_no_exception_stops_the_writer_or_those_who_wait_beside_it(
    probed: Database, error: BaseException
) -> None:
    units = [probed.write(insert(n, fail=error if n == 2 else None)) for n in range(5)]
    async with asyncio.timeout(60):
        # Exceptions of the interpreter itself would end the test, so each is kept aside.
        outcomes = await asyncio.gather(*map(kept, units))
    assert [n for n, o in enumerate(outcomes) if isinstance(o, BaseException)] == [2]
    assert await probed.write(insert(9)) == 9
    assert await probed.read(rows) == [(0,), (1,), (3,), (4,), (9,)]


async def kept(unit: Any) -> Any:
    try:
        return await unit
    except BaseException as error:
        return error


async def test_a_unit_that_hides_a_failed_statement_is_not_acknowledged_in_vain(
    probed: Database,
) -> None:
    def hides(session: Session) -> None:
        session.run("INSERT INTO probe VALUES (1)")
        with suppress(Exception):
            session.run("INSERT INTO probe VALUES (1)")

    try:
        await probed.write(hides)
    except Exception:
        assert await probed.read(rows) == []
    else:
        assert await probed.read(rows) == [(1,)]


async def test_what_was_answered_is_seen_by_another_connection(
    probed: Database, database_url: str
) -> None:
    with closing(open_database(database_url)) as other:
        for n in range(30):
            await probed.write(insert(n))
            assert (n,) in await other.read(rows)


async def test_nothing_is_seen_before_it_is_committed(probed: Database, database_url: str) -> None:
    inside, go_on = threading.Event(), threading.Event()

    def slow(session: Session) -> None:
        session.run("INSERT INTO probe VALUES (1)")
        inside.set()
        assert go_on.wait(5)

    with closing(open_database(database_url)) as other:
        unit = asyncio.ensure_future(probed.write(slow))
        await asyncio.to_thread(inside.wait, 5)
        assert await other.read(rows) == []
        assert not unit.done()
        go_on.set()
        await unit
        assert await other.read(rows) == [(1,)]


async def test_a_thousand_writers_at_once_all_land(probed: Database) -> None:
    assert await asyncio.gather(*(probed.write(insert(n)) for n in range(1000))) == [*range(1000)]
    assert await probed.read(rows) == [(n,) for n in range(1000)]


async def test_threads_and_the_loop_write_side_by_side(probed: Database) -> None:
    threads = (asyncio.to_thread(probed.write_now, insert(n)) for n in range(100, 150))
    await asyncio.gather(*(probed.write(insert(n)) for n in range(50)), *threads)
    found = await asyncio.to_thread(probed.read_now, rows)
    assert found == [(n,) for n in [*range(50), *range(100, 150)]]


async def test_reading_cannot_write(probed: Database) -> None:
    with pytest.raises(Exception, match=r"(?i)read-?only"):
        await probed.read(insert(1))
    assert await probed.write(insert(2)) == 2
    assert await probed.read(rows) == [(2,)]


async def test_a_reader_sees_one_moment(probed: Database) -> None:
    await probed.write(insert(1))
    first, go_on = threading.Event(), threading.Event()

    def reads_twice(session: Session) -> tuple[Any, Any]:
        before = rows(session)
        first.set()
        assert go_on.wait(5)
        return before, rows(session)

    reading = asyncio.ensure_future(probed.read(reads_twice))
    await asyncio.to_thread(first.wait, 5)
    await probed.write(insert(2))
    go_on.set()
    assert await reading == ([(1,)], [(1,)])


async def test_giving_up_waiting_does_not_undo_the_work(probed: Database) -> None:
    started = threading.Event()

    def slow(session: Session) -> None:
        started.set()
        insert(1)(session)

    waiting = asyncio.ensure_future(probed.write(slow))
    await asyncio.to_thread(started.wait, 5)
    waiting.cancel()
    await probed.write(insert(2))
    assert (2,) in await probed.read(rows)
    await asyncio.to_thread(probed.close)


async def test_closing_finishes_what_was_taken_and_takes_no_more(
    database_url: str,
) -> None:
    db = open_database(database_url)
    await db.write(lambda s: table(s, "n BIGINT"))
    units = [asyncio.ensure_future(db.write(insert(n))) for n in range(500)]
    await asyncio.sleep(0)
    await asyncio.to_thread(db.close)
    assert await asyncio.gather(*units) == [*range(500)]
    for late in (db.write(insert(501)), db.read(rows)):
        with pytest.raises(Unreachable):
            await late
    with closing(open_database(database_url)) as again:
        assert len(await again.read(rows)) == 500


async def test_a_unit_given_while_closing_is_done_or_refused_but_never_forgotten(
    database_url: str,
) -> None:
    db = open_database(database_url)
    await db.write(lambda s: table(s, "n BIGINT"))
    done: list[int] = []

    def write_until_closed() -> None:
        try:
            for n in range(100_000):
                done.append(db.write_now(insert(n)))
        except Exception:
            return

    if db.dialect == "postgres":
        # `write_now` there uses the caller's own connection: nothing is handed over.
        db.close()
        return
    threads = [threading.Thread(target=write_until_closed, daemon=True) for _ in range(8)]
    for thread in threads:
        thread.start()
    await asyncio.sleep(0.05)
    await asyncio.to_thread(db.close)
    for thread in threads:
        await asyncio.to_thread(thread.join, 60)
        assert not thread.is_alive()
    with closing(open_database(database_url)) as again:
        assert len(await again.read(rows)) == len(done)
