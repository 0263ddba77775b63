"""Repeating work: each moment once, missed moments once together, never twice by two workers."""

import asyncio
from contextlib import closing

import pytest

from kaiwa.engines.db import Database, open_database
from kaiwa.engines.queue import Cron
from kaiwa.engines.queue.schedule import next_after, tick
from kaiwa.vocabulary.errors import Invalid
from tests.engines.queue.stories import POOL, after, count, do, drain

HOURLY = Cron("report", POOL, "0 * * * *")
HOUR = 3600


async def tick_at(db: Database, hours: float) -> None:
    await do(db, tick, [HOURLY], after(hours * HOUR))


async def test_the_first_moment_is_the_next_one_to_come(database: Database) -> None:
    await tick_at(database, 0.5)
    assert await count(database) == 0
    await tick_at(database, 0.99)
    assert await count(database) == 0
    await tick_at(database, 1)
    assert await count(database) == 1


async def test_a_moment_comes_once_however_often_one_looks(database: Database) -> None:
    await tick_at(database, 0.5)
    for _ in range(3):
        await tick_at(database, 1)
        assert await drain(database) in ([""], [])
    await tick_at(database, 1.9)
    assert await count(database) == 0
    await tick_at(database, 2)
    assert await drain(database) == [""]


async def test_missed_moments_are_made_up_for_once(database: Database) -> None:
    await tick_at(database, 0.5)
    await tick_at(database, 9.5)
    assert await drain(database) == [""]
    await tick_at(database, 9.6)
    assert await count(database) == 0
    await tick_at(database, 10)
    assert await count(database) == 1


async def test_a_run_that_is_still_pending_is_not_put_twice(database: Database) -> None:
    await tick_at(database, 0.5)
    await tick_at(database, 1)
    await tick_at(database, 2)
    assert await count(database) == 1


async def test_two_workers_put_one_job_a_moment(database: Database, database_url: str) -> None:
    put = 0
    with closing(open_database(database_url)) as other:
        await asyncio.gather(*(tick_at(db, 0.5) for db in (database, other) for _ in range(3)))
        for hour in range(1, 11):
            await asyncio.gather(*(tick_at(db, hour) for db in (database, other) * 3))
            put += len(await drain(database))
    assert put == 10


async def test_a_clock_set_back_does_not_stop_the_schedule(database: Database) -> None:
    await tick_at(database, 0.5)
    await tick_at(database, 5)
    assert await drain(database) == [""]
    await tick_at(database, 1.5)
    assert await count(database) == 0
    await tick_at(database, 2)
    assert await drain(database) == [""]


@pytest.mark.parametrize("line", ["0 0 30 2 *", "nonsense", "61 * * * *", ""])
def test_a_line_that_never_comes_is_invalid(line: str) -> None:
    with pytest.raises(Invalid):
        next_after(line, after(0))
