"""The worker: runs handlers side by side, tries again, gives up, stops, outlives its database."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from datetime import timedelta

import pytest

from kaiwa.engines.clock import SetClock, SystemClock
from kaiwa.engines.db import Database, Nudge, open_database
from kaiwa.engines.queue import Cron, Job, NewJob, Pool, Worker, claim, enqueue, finish
from kaiwa.engines.queue import worker as worker_module
from kaiwa.engines.queue.job import LEASE, Claim
from kaiwa.engines.queue.worker import MOST_ATTEMPTS, MOST_UNREACHABLE, backoff
from kaiwa.vocabulary.errors import Invalid, Refused, Unreachable
from tests.databases import rows
from tests.engines.db.test_trouble import cut_everybody
from tests.engines.queue.stories import POOL, START, after, count, do, put
from tests.waiting import until


class Shop:
    """A worker with one pool whose handler the test writes."""

    def __init__(
        self, db: Database, clock: SetClock, act: Callable[[Job], Awaitable[None]]
    ) -> None:
        self.db = db
        self.done: list[str] = []
        self.running = 0
        self.most = 0
        self._act = act
        self.worker = Worker(db, clock, [Pool(POOL, 4, {"do": self._handle})])
        loop = asyncio.get_running_loop()

        def heard(nudges: list[Nudge]) -> None:
            loop.call_soon_threadsafe(self.worker.wake, nudges)

        db.listen(heard, lambda: None)

    async def _handle(self, job: Job) -> None:
        self.running += 1
        self.most = max(self.most, self.running)
        try:
            await self._act(job)
        finally:
            self.running -= 1
        await self.db.write(lambda s: finish(s, job))
        self.done.append(job.payload)


@asynccontextmanager
async def working(
    db: Database, act: Callable[[Job], Awaitable[None]], clock: SetClock | None = None
) -> AsyncIterator[Shop]:
    shop = Shop(db, clock or SetClock(START), act)
    await shop.worker.start()
    try:
        yield shop
    finally:
        await shop.worker.stop()


async def nothing(job: Job) -> None:
    await asyncio.sleep(0)


async def state_of_the_only_job(db: Database):
    # Tries, not attempts: a clock set forward while the job runs takes it from its worker once.
    asked = "SELECT state, attempts - losses, due_at, error FROM job"
    return (await db.read(lambda s: rows(s, asked)))[0]


async def test_it_does_what_was_enqueued_before_and_after_it_started(database: Database) -> None:
    await put(database, "before")
    async with working(database, nothing) as shop:
        await until(lambda: shop.done == ["before"])
        await put(database, "after")
        await until(lambda: shop.done == ["before", "after"])
    assert await count(database) == 0


async def test_no_more_run_at_once_than_the_pool_allows_but_as_many(database: Database) -> None:
    for n in range(40):
        await put(database, str(n))
    async with working(database, lambda job: asyncio.sleep(0.02)) as shop:
        await until(lambda: len(shop.done) == 40)
    assert shop.most == 4


async def test_an_enqueued_job_does_not_wait_for_the_poll(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_module, "POLL_S", 30.0)
    async with working(database, nothing) as shop:
        await put(database, "settle")
        if database.dialect == "sqlite":
            await until(lambda: shop.done == ["settle"])
        else:
            # The listener may not stand yet: only once it does, a nudge is sure to arrive.
            await asyncio.sleep(0.5)
            await put(database, "wakes")
            await until(lambda: "wakes" in shop.done)
        await put(database, "at once")
        await until(lambda: "at once" in shop.done, within_s=25)


async def test_a_timer_runs_when_its_time_comes_and_not_before(database: Database) -> None:
    clock = SetClock(START)
    await put(database, "timer", due_at=after(100))
    async with working(database, nothing, clock) as shop:
        await put(database, "now")
        await until(lambda: shop.done == ["now"])
        clock.move(99)
        await asyncio.sleep(1.2)
        assert shop.done == ["now"]
        clock.move(1)
        await until(lambda: shop.done == ["now", "timer"])


async def test_what_cannot_be_reached_is_tried_again_when_the_provider_said(
    database: Database,
) -> None:
    clock = SetClock(START)
    tries: list[int] = []

    async def busy(job: Job) -> None:
        tries.append(job.attempts)
        if job.attempts < 3:
            raise Unreachable("too busy", retry_after_s=40)

    await put(database, "call")
    async with working(database, busy, clock) as shop:
        for attempt in (1, 2):
            await until(lambda attempt=attempt: len(tries) == attempt)  # type: ignore[misc]
            await until(lambda: shop.running == 0)
            waits = (0, attempt, int(clock.now().timestamp() + 40) * 10**6)
            found = await settled(database)
            assert found[:3] == waits
            assert found[3] == "Unreachable: too busy"
            clock.move(40)
        await until(lambda: shop.done == ["call"])
    assert tries == [1, 2, 3]


async def settled(db: Database):
    """The only job once its handler's outcome is recorded."""
    async with asyncio.timeout(60):
        while True:
            found = await state_of_the_only_job(db)
            if found[0] != 1 and found[3] is not None:
                return found
            await asyncio.sleep(0.01)


async def test_what_is_refused_is_buried_at_once(database: Database) -> None:
    async def refuse(job: Job) -> None:
        raise Refused("no such recipient")

    await put(database)
    async with working(database, refuse):
        found = await settled(database)
    assert (found[0], found[1], found[3]) == (3, 1, "Refused: no such recipient")


async def test_a_poisoned_job_ends_dead_with_its_error_and_the_others_are_done(
    database: Database,
) -> None:
    clock = SetClock(START)

    async def poison(job: Job) -> None:
        if job.payload == "poison":
            raise ValueError("bad \0 data")

    await put(database, "poison", lane="a")
    await put(database, "behind it", lane="a")
    await put(database, "beside it")
    async with working(database, poison, clock) as shop:
        await until(lambda: shop.done == ["beside it"])
        async with asyncio.timeout(60):
            while "behind it" not in shop.done:
                clock.move(1000)
                shop.worker.wake(_nudge())
                await asyncio.sleep(0.03)
    assert shop.done == ["beside it", "behind it"]
    found = await state_of_the_only_job(database)
    assert (found[0], found[1], found[3]) == (3, MOST_ATTEMPTS, "ValueError: bad  data")


def _nudge() -> list[Nudge]:
    return [Nudge("job", 0, note=POOL)]


async def test_a_kind_nobody_handles_here_waits_for_a_newer_program(database: Database) -> None:
    newer = NewJob(POOL, "from the future")
    await database.write(lambda s: enqueue(s, newer, START))
    async with working(database, nothing):
        found = await settled(database)
    assert found[0] == 0
    assert "from the future" in found[3]


async def test_stopping_lets_running_jobs_end_and_leaves_the_rest_unclaimed(
    database: Database,
) -> None:
    go_on = asyncio.Event()

    async def wait(job: Job) -> None:
        await go_on.wait()

    for n in range(10):
        await put(database, str(n))
    async with working(database, wait) as shop:
        await until(lambda: shop.running == 4)
        stopping = asyncio.ensure_future(shop.worker.stop(patience_s=5))
        await asyncio.sleep(0.05)
        assert not stopping.done()
        go_on.set()
        await stopping
        assert len(shop.done) == 4
    states = await database.read(lambda s: rows(s, "SELECT state FROM job"))
    assert states == [(0,)] * 6


async def test_stopping_at_any_moment_leaves_no_job_claimed(database: Database) -> None:
    for round_ in range(15):
        for _ in range(8):
            await put(database)
        async with working(database, nothing):
            await asyncio.sleep(round_ * 0.001)
        assert await database.read(lambda s: rows(s, "SELECT id FROM job WHERE state = 1")) == []


async def test_stopping_does_not_wait_longer_than_its_patience(database: Database) -> None:
    go_on = asyncio.Event()

    async def hang(job: Job) -> None:
        await go_on.wait()

    await put(database)
    async with working(database, hang) as shop:
        await until(lambda: shop.running == 1)
        async with asyncio.timeout(15):
            await shop.worker.stop(patience_s=0.1)
        go_on.set()
        await until(lambda: len(shop.done) == 1)


async def test_a_long_job_keeps_its_lease_while_it_runs(database: Database) -> None:
    clock = SetClock(START)
    go_on = asyncio.Event()

    async def long(job: Job) -> None:
        await go_on.wait()

    await put(database, "long")
    async with working(database, long, clock) as shop:
        await until(lambda: shop.running == 1)
        for _ in range(3):
            clock.move(LEASE.total_seconds() * 0.6)
            until_now = int(clock.now().timestamp() * 1e6)
            await until(lambda until_now=until_now: _lease(database) > until_now + 30e6)  # type: ignore[misc]
        go_on.set()
        await until(lambda: shop.done == ["long"])
    assert shop.most == 1


def _lease(db: Database) -> int:
    row = db.read_now(lambda s: s.one("SELECT lease_until FROM job"))
    return int((row or (0,))[0])


async def test_a_job_its_handler_forgot_to_finish_comes_again(database: Database) -> None:
    clock = SetClock(START)
    tries: list[int] = []

    async def forgets(job: Job) -> None:
        tries.append(job.attempts)
        if job.attempts == 1:
            raise asyncio.CancelledError

    await put(database, "x")
    async with working(database, forgets, clock) as shop:
        await until(lambda: tries == [1])
        for _ in range(2):
            clock.move(LEASE.total_seconds() * 0.6)
            await asyncio.sleep(1.1)
        await until(lambda: shop.done == ["x"])
    assert tries == [1, 2]


async def test_the_jobs_of_a_dead_process_are_taken_over_at_once(database: Database) -> None:
    await put(database, "left behind")
    await do(database, claim, Claim(POOL, "1-dead", 1), START)
    async with working(database, nothing) as shop:
        await until(lambda: shop.done == ["left behind"], within_s=45)


async def test_it_survives_the_database_going_away(postgres_url: str) -> None:
    runs: list[str] = []

    async def act(job: Job) -> None:
        runs.append(job.payload)
        await asyncio.sleep(0.01)

    with closing(open_database(postgres_url)) as db:
        shop = Shop(db, SystemClock(), act)  # type: ignore[arg-type]
        await shop.worker.start()
        for n in range(4):
            for i in range(20):
                await enqueue_again(db, f"{n}.{i}")
            await until(lambda n=n: len(shop.done) > 20 * n + 5, within_s=60)  # type: ignore[misc]
            await asyncio.to_thread(cut_everybody, postgres_url)
            await until(lambda n=n: len(set(runs)) == 20 * (n + 1), within_s=60)  # type: ignore[misc]
        for _ in range(1000):
            if await count_again(db) == 0:
                break
            await asyncio.sleep(0.01)
        assert await count_again(db) == 0
        await shop.worker.stop()
    assert len(shop.done) == len(set(shop.done))


async def test_a_worker_that_lost_its_connection_is_not_taken_for_dead(postgres_url: str) -> None:
    go_on = asyncio.Event()
    tries: list[int] = []

    async def long(job: Job) -> None:
        tries.append(job.attempts)
        await go_on.wait()

    with closing(open_database(postgres_url)) as db, closing(open_database(postgres_url)) as other:
        await put(db, "long")
        async with working(db, long) as shop:
            await until(lambda: shop.running == 1)
            owner = (
                await db.read(lambda s: s.one("SELECT owner FROM job WHERE state = 1")) or [""]
            )[0]
            await asyncio.to_thread(cut_everybody, postgres_url)
            await until(lambda: other.read_now(lambda s: s.owner_lives(owner)))
            await asyncio.sleep(2.2)
            assert tries == [1]
            go_on.set()
            await until(lambda: shop.done == ["long"])


async def enqueue_again(db: Database, payload: str) -> None:
    for _ in range(50):
        try:
            await put(db, payload, key=payload)
        except Unreachable:
            await asyncio.sleep(0.05)
        else:
            return
    raise AssertionError("the database did not come back")


async def count_again(db: Database) -> int:
    try:
        return await count(db)
    except Unreachable:
        return -1


async def test_cron_lines_are_read_before_the_worker_begins(database: Database) -> None:
    with pytest.raises(Invalid):
        Worker(database, SetClock(START), [], [Cron("x", POOL, "0 0 30 2 *")])


async def test_a_cron_job_runs_at_its_moment(database: Database) -> None:
    clock = SetClock(START)
    done: list[str] = []

    async def report(job: Job) -> None:
        await database.write(lambda s: finish(s, job))
        done.append(job.kind)

    pool = Pool(POOL, 1, {"report": report})
    worker = Worker(database, clock, [pool], [Cron("report", POOL, "* * * * *")])
    await worker.start()
    await asyncio.sleep(0.3)
    assert done == []
    clock.move(60)
    await until(lambda: done == ["report"])
    await worker.stop()


def test_waiting_grows_to_ten_minutes_and_lasts_a_day_for_what_is_unreachable() -> None:
    for n, least_s in enumerate([1, 2, 4, 8], start=1):
        assert least_s <= backoff(n).total_seconds() <= 1.25 * least_s
    assert backoff(1, Unreachable("", retry_after_s=7)) == timedelta(seconds=7)
    assert timedelta(minutes=10) <= backoff(50) <= timedelta(minutes=12.5)
    for wish in (None, 0, 1):
        busy = Unreachable("", retry_after_s=wish)
        lasts = sum((backoff(n, busy) for n in range(1, MOST_UNREACHABLE)), timedelta())
        assert timedelta(hours=20) < lasts < timedelta(hours=32)
