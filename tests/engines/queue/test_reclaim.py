"""Claimed work comes back: at once when its owner is dead, by the lease when it hangs."""

import pytest

from kaiwa.engines.db import Database
from kaiwa.engines.queue import LostLease, finish, reclaim
from kaiwa.engines.queue.job import LEASE, MOST_LOSSES, renew
from tests.databases import rows
from tests.engines.queue.stories import START, after, do, drain, put, take

LEASE_S = LEASE.total_seconds()


async def test_the_jobs_of_the_dead_are_ready_again_at_once(database: Database) -> None:
    alive = await _owner(database)
    await put(database, "of the dead")
    await put(database, "of the living")
    await take(database, 1, owner="1-dead")
    (mine,) = await take(database, 1, owner=alive)
    assert await do(database, reclaim, START) == 1
    assert await drain(database) == ["of the dead"]
    await do(database, finish, mine)


async def test_the_jobs_of_one_who_hangs_are_ready_when_the_lease_has_run_out(
    database: Database,
) -> None:
    alive = await _owner(database)
    await put(database)
    (job,) = await take(database, owner=alive)
    assert await do(database, reclaim, after(LEASE_S)) == 0
    assert await do(database, reclaim, after(LEASE_S + 0.001)) == 1
    (again,) = await take(database, owner=alive)
    with pytest.raises(LostLease):
        await do(database, finish, job)
    await do(database, finish, again)


async def test_a_renewed_lease_lasts_on_and_what_is_not_worked_on_runs_out(
    database: Database,
) -> None:
    alive = await _owner(database)
    await put(database, "running")
    await put(database, "forgotten")
    running, forgotten = await take(database, owner=alive)
    await do(database, renew, alive, [running.id], after(LEASE_S * 0.75))
    assert await do(database, reclaim, after(LEASE_S * 1.5)) == 1
    assert await drain(database) == ["forgotten"]
    with pytest.raises(LostLease):
        await do(database, finish, forgotten)
    await do(database, finish, running)


async def test_nobody_renews_what_is_somebody_elses(database: Database) -> None:
    alive, other = await _owner(database), await _owner(database)
    await put(database)
    (job,) = await take(database, owner=alive)
    await do(database, renew, other, [job.id], after(LEASE_S * 0.9))
    assert await do(database, reclaim, after(LEASE_S * 1.1)) == 1


async def test_a_lane_goes_on_with_the_job_that_was_reclaimed(database: Database) -> None:
    await put(database, "first", lane="a")
    await put(database, "second", lane="a")
    await take(database)
    await do(database, reclaim, START)
    assert await drain(database) == ["first", "second"]


async def test_a_job_that_loses_every_worker_is_given_up_and_its_lane_goes_on(
    database: Database,
) -> None:
    await put(database, "kills", lane="a", key="k")
    await put(database, "next", lane="a")
    for _ in range(MOST_LOSSES):
        (job,) = await take(database)
        assert job.payload == "kills"
        await do(database, reclaim, START)
    assert await drain(database) == ["next"]
    (dead,) = await database.read(lambda s: rows(s, "SELECT state, key, error FROM job"))
    assert dead == (3, None, f"Its worker died or hung {MOST_LOSSES} times.")


async def _owner(db: Database) -> str:
    return db.take_owner()
