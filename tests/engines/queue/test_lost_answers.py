"""The connection to the database is cut between a question and its answer: no job waits for that.

The clock stands still here, so that no lease ever runs out: what is done was not waited for.
"""

import asyncio
import random
from collections.abc import Callable
from contextlib import closing
from typing import Any, cast

import pytest

from kaiwa.engines.clock import SetClock, SystemClock
from kaiwa.engines.db import Database, Session, open_database
from kaiwa.engines.queue import Claim, Job, LostLease, claim, finish, reclaim, recorded
from kaiwa.vocabulary.errors import Unreachable
from tests.databases import rows
from tests.engines.db.test_trouble import cut_everybody
from tests.engines.queue.stories import START, count, do, put, take
from tests.engines.queue.test_worker import Shop, enqueue_again, nothing, settled, working
from tests.waiting import until


class CutOff:
    """A database that is away while it is told so, or whose answers to some writes are lost."""

    def __init__(self, db: Database, loses: Callable[[Any], bool] = lambda _: False) -> None:
        self._db, self._loses = db, loses
        self.is_away = False
        self.lost: list[Any] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._db, name)

    async def write(self, work: Callable[[Session], Any]) -> Any:
        if self.is_away:
            raise Unreachable("The database is away.")
        result = await self._db.write(work)
        if self._loses(result):
            self.lost.append(result)
            raise Unreachable("The answer to COMMIT was lost.", maybe_done=True)
        return result


def cut_off(db: Database, loses: Callable[[Any], bool] = lambda _: False) -> Any:
    return cast("Any", CutOff(db, loses))


def claims(payload: str) -> Callable[[Any], bool]:
    """The answer to the first claim that takes the job with this payload."""
    left = [payload]

    def loses(result: Any) -> bool:
        jobs = result[0] if isinstance(result, tuple) else []
        found = any(isinstance(job, Job) and job.payload in left for job in jobs)
        if found:
            left.clear()
        return found

    return loses


async def test_a_claim_whose_answer_was_lost_is_made_again_at_once(database: Database) -> None:
    db = cut_off(database, claims("paid"))
    await put(database, "paid")
    tries: list[tuple[int, int]] = []

    async def act(job: Job) -> None:
        tries.append((job.attempts, job.tries))

    async with working(db, act) as shop:
        await until(lambda: shop.done == ["paid"], within_s=45)
    assert len(db.lost) == 1
    assert tries == [(2, 1)]
    assert await count(database) == 0


async def test_what_runs_while_a_claim_is_lost_runs_on_and_only_once(database: Database) -> None:
    db = cut_off(database, claims("behind"))
    go_on = asyncio.Event()
    runs: list[str] = []

    async def act(job: Job) -> None:
        runs.append(job.payload)
        if job.payload == "long":
            await go_on.wait()

    await put(database, "long")
    async with working(db, act) as shop:
        await until(lambda: runs == ["long"])
        await put(database, "behind")
        await until(lambda: shop.done == ["behind"], within_s=45)
        await asyncio.sleep(1.2)
        assert runs == ["long", "behind"]
        go_on.set()
        await until(lambda: shop.done == ["behind", "long"])
    assert runs == ["long", "behind"]


async def test_how_a_job_failed_is_recorded_when_the_database_is_back(database: Database) -> None:
    db = cut_off(database)
    failed = asyncio.Event()

    async def fails(job: Job) -> None:
        db.is_away = True
        failed.set()
        raise ValueError("no")

    await put(database)
    async with working(db, fails) as shop:
        await failed.wait()
        await asyncio.sleep(1.5)
        assert len(shop.worker._running) == 1
        db.is_away = False
        state, attempts, due_at, error = await settled(database)
    assert (state, attempts, error) == (0, 1, "ValueError: no")
    assert due_at > START.timestamp() * 1e6


async def test_what_was_recorded_without_an_answer_is_not_recorded_twice(
    database: Database,
) -> None:
    unheard = [True]
    db = cut_off(database, lambda _: bool(unheard and unheard.pop()))
    await put(database)
    (job,) = await take(database)
    with pytest.raises(LostLease):
        await recorded(db, lambda s: finish(s, job))
    assert len(db.lost) == 1
    assert await count(database) == 0


async def test_nobody_takes_himself_for_dead(postgres_url: str) -> None:
    with closing(open_database(postgres_url)) as db:
        await put(db)
        mine = db.take_owner()
        await do(db, claim, Claim("work", mine, 1), START)
        await asyncio.to_thread(cut_everybody, postgres_url)
        assert await do(db, reclaim, START, mine) == 0
        assert await do(db, reclaim, START) == 1


async def test_however_often_everybody_is_cut_off_no_job_waits_for_its_lease(
    postgres_url: str,
) -> None:
    with closing(open_database(postgres_url)) as db:
        shop = Shop(db, cast("SetClock", SystemClock()), nothing)
        await shop.worker.start()
        for n in range(6):
            for i in range(20):
                await enqueue_again(db, f"{n}.{i}")
            for _ in range(8):
                await asyncio.to_thread(cut_everybody, postgres_url)
                await asyncio.sleep(random.uniform(0, 0.02))
            await until(lambda n=n: len(_left(db)) == 0, within_s=30)  # type: ignore[misc]
        await shop.worker.stop()
    assert len(shop.done) == len(set(shop.done))


def _left(db: Database) -> list[Any]:
    try:
        return db.read_now(lambda s: rows(s, "SELECT id FROM job"))
    except Unreachable:
        return [None]
