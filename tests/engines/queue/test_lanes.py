"""A lane: its jobs run in order, one at a time, whatever happens to the one at its head."""

import asyncio

from kaiwa.engines.db import Database
from kaiwa.engines.queue import NewJob, bury, cancel, claim, enqueue, finish, retry
from kaiwa.engines.queue.job import Claim
from tests.engines.queue.stories import POOL, START, after, count, do, drain, put, take
from tests.waiting import until


async def test_a_lane_keeps_its_order_and_runs_one_at_a_time(database: Database) -> None:
    for n in range(5):
        await put(database, str(n), lane="a")
    for n in range(5):
        (job,) = await take(database)
        assert job.payload == str(n)
        assert await take(database) == []
        await do(database, finish, job)
    assert await count(database) == 0


async def test_lanes_do_not_wait_for_each_other(database: Database) -> None:
    for lane in "abc":
        for n in range(2):
            await put(database, f"{lane}{n}", lane=lane)
    await put(database, "alone")
    assert {job.payload for job in await take(database)} == {"a0", "b0", "c0", "alone"}


async def test_a_retrying_head_holds_its_lane_up(database: Database) -> None:
    await put(database, "first", lane="a")
    await put(database, "second", lane="a")
    (job,) = await take(database)
    await do(database, retry, job, after(60), "busy")
    assert await take(database, now=after(59)) == []
    assert await drain(database, now=after(60)) == ["first", "second"]


async def test_a_timer_at_the_head_holds_its_lane_up(database: Database) -> None:
    await put(database, "timer", lane="a", due_at=after(60))
    await put(database, "now", lane="a")
    assert await take(database, now=after(59)) == []
    assert await drain(database, now=after(60)) == ["timer", "now"]


async def test_a_buried_head_lets_its_lane_go_on(database: Database) -> None:
    await put(database, "poison", lane="a")
    await put(database, "next", lane="a")
    await do(database, bury, (await take(database))[0], "no")
    assert await drain(database) == ["next"]
    assert await put(database, "later", lane="a") is not None
    assert await drain(database) == ["later"]


async def test_cancelling_the_head_lets_its_lane_go_on(database: Database) -> None:
    await put(database, "timer", lane="a", key="k", due_at=after(60))
    await put(database, "next", lane="a")
    assert await do(database, cancel, "k")
    assert await drain(database) == ["next"]


async def test_cancelling_one_behind_leaves_the_head_where_it_is(database: Database) -> None:
    for name in ("head", "middle", "last"):
        await put(database, name, lane="a", key=name)
    (job,) = await take(database)
    assert await do(database, cancel, "middle")
    assert await take(database) == []
    await do(database, finish, job)
    assert await drain(database) == ["last"]


async def test_the_pool_of_the_next_in_the_lane_is_woken(database: Database) -> None:
    heard: list[str] = []
    ready: list[int] = []
    database.listen(
        lambda nudges: heard.extend(nudge.note for nudge in nudges), lambda: ready.append(1)
    )
    await until(lambda: database.dialect == "sqlite" or bool(ready))
    await put(database, lane="a")
    next_one = NewJob("another pool", "do", lane="a")
    await database.write(lambda s: enqueue(s, next_one, START))
    await until(lambda: len(heard) == 2)
    await do(database, finish, (await take(database))[0])
    await until(lambda: len(heard) == 3)
    assert heard == [POOL, "another pool", "another pool"]


async def test_enqueueing_and_finishing_at_once_never_strand_a_lane(database: Database) -> None:
    done: list[str] = []

    async def work() -> None:
        wanted = Claim(POOL, "nobody", 4)
        while len(done) < 200:
            for job in await database.write(lambda s: claim(s, wanted, START)):
                # Noted before it is finished: only then may another worker get the next one.
                done.append(job.payload)
                await do(database, finish, job)

    async def feed(lane: int) -> None:
        for n in range(20):
            await put(database, f"{lane}.{n:02}", lane=f"lane {lane}")

    async with asyncio.timeout(60):
        await asyncio.gather(*(feed(n) for n in range(10)), *(work() for _ in range(4)))
    assert len(set(done)) == len(done) == 200
    for lane in range(10):
        mine = [name for name in done if name.startswith(f"{lane}.")]
        assert mine == sorted(mine)
