"""The life of a job: enqueued, claimed, finished or given back; its key, its time, its end."""

import pytest

from kaiwa.engines.db import Database
from kaiwa.engines.queue import LostLease, bury, cancel, finish, postpone, retry, revive, run_at
from kaiwa.engines.queue.job import next_due
from tests.databases import rows, table
from tests.engines.queue.stories import POOL, after, count, do, drain, put, take


async def test_a_job_is_claimed_once_and_gone_when_finished(database: Database) -> None:
    assert await put(database, "hello") is not None
    (job,) = await take(database)
    assert (job.kind, job.payload, job.attempts, job.lane, job.key) == (
        "do",
        "hello",
        1,
        None,
        None,
    )
    assert await take(database) == []
    await do(database, finish, job)
    assert await count(database) == 0


async def test_jobs_come_in_the_order_they_were_enqueued(database: Database) -> None:
    for n in range(20):
        await put(database, str(n))
    first = await take(database, 7)
    assert [job.payload for job in first] == [str(n) for n in range(7)]
    assert await drain(database) == [str(n) for n in range(7, 20)]


async def test_a_claim_takes_no_more_than_it_may(database: Database) -> None:
    for _ in range(30):
        await put(database)
    assert [len(await take(database, 8)) for _ in range(5)] == [8, 8, 8, 6, 0]


async def test_a_claim_leaves_other_pools_alone(database: Database) -> None:
    await put(database, "ours")
    await database.write(
        lambda s: s.run("UPDATE job SET pool = 'other' WHERE payload = :p", p="ours")
    )
    assert await take(database) == []


async def test_a_key_is_taken_while_its_job_is_pending(database: Database) -> None:
    assert await put(database, "first", key="cart:1") is not None
    assert await put(database, "second", key="cart:1") is None
    (job,) = await take(database)
    assert job.payload == "first"
    assert await put(database, "while running", key="cart:1") is None
    await do(database, finish, job)
    assert await put(database, "later", key="cart:1") is not None
    assert await drain(database) == ["later"]


async def test_a_dead_job_does_not_keep_its_key(database: Database) -> None:
    await put(database, key="cart:1")
    await do(database, bury, (await take(database))[0], "no")
    assert await put(database, "again", key="cart:1") is not None
    assert await drain(database) == ["again"]


async def test_what_was_cancelled_never_runs_and_what_runs_is_not_cancelled(
    database: Database,
) -> None:
    await put(database, "a", key="a")
    await put(database, "b", key="b")
    assert await do(database, cancel, "a") is True
    assert await do(database, cancel, "a") is False
    (job,) = await take(database)
    assert job.payload == "b"
    assert await do(database, cancel, "b") is False
    await do(database, finish, job)


async def test_timers_fire_in_their_order_and_not_early(database: Database) -> None:
    for seconds in (30, 10, 20):
        await put(database, str(seconds), due_at=after(seconds))
    assert await take(database, now=after(9.999)) == []
    assert [j.payload for j in await take(database, now=after(10))] == ["10"]
    assert await take(database, now=after(19.999_999)) == []
    assert await drain(database, now=after(60)) == ["20", "30"]


async def test_the_next_due_moment_is_the_earliest_ready_one(database: Database) -> None:
    assert await database.read(lambda s: next_due(s, POOL)) is None
    await put(database, due_at=after(20))
    await put(database, due_at=after(5))
    assert await database.read(lambda s: next_due(s, POOL)) == int(after(5).timestamp()) * 10**6


async def test_a_clock_set_back_an_hour_does_not_hold_up_immediate_jobs(
    database: Database,
) -> None:
    await put(database, "now")
    await put(database, "timer", due_at=after(1))
    jobs = await take(database, now=after(-3600))
    assert [job.payload for job in jobs] == ["now"]


async def test_retrying_waits_and_counts(database: Database) -> None:
    await put(database)
    (job,) = await take(database)
    await do(database, retry, job, after(30), "busy")
    assert await take(database, now=after(29)) == []
    (again,) = await take(database, now=after(30))
    assert (again.id, again.attempts) == (job.id, 2)


async def test_postponing_waits_and_does_not_count(database: Database) -> None:
    await put(database)
    for n in range(5):
        (job,) = await take(database, now=after(n))
        assert job.attempts == 1
        await do(database, postpone, job, after(n + 1))
        assert await take(database, now=after(n)) == []


async def test_a_buried_job_stays_dead_with_its_error_until_it_is_revived(
    database: Database,
) -> None:
    await put(database, "poison")
    (job,) = await take(database)
    await do(database, bury, job, "no such recipient")
    assert await take(database, now=after(10**6)) == []
    found = await database.read(lambda s: rows(s, "SELECT state, error FROM job"))
    assert found == [(3, "no such recipient")]
    assert await do(database, revive, job.id) is True
    assert await do(database, revive, job.id) is False
    assert await drain(database) == ["poison"]


@pytest.mark.parametrize("verb", [retry, bury])
async def test_any_error_can_be_recorded(database: Database, verb) -> None:
    await put(database)
    (job,) = await take(database)
    error = "nul \0 half \ud800 日本" + "x" * 10_000
    await do(database, verb, job, *([after(1)] if verb is retry else []), error)
    found = await database.read(lambda s: rows(s, "SELECT error FROM job"))
    assert found[0][0].startswith("nul  half ? 日本xxx")
    assert len(found[0][0]) < 2001


async def test_the_effect_of_a_late_finish_is_rolled_back(database: Database) -> None:
    await database.write(lambda s: table(s, "n BIGINT"))
    await put(database)
    (job,) = await take(database)
    await do(database, retry, job, after(0), "")
    (other,) = await take(database)

    def late(session) -> None:
        session.run("INSERT INTO probe VALUES (1)")
        finish(session, job)

    with pytest.raises(LostLease):
        await database.write(late)
    assert await database.read(rows) == []
    await do(database, finish, other)


@pytest.mark.parametrize("verb", [finish, retry, postpone, bury])
async def test_who_lost_the_job_can_do_nothing_more_with_it(database: Database, verb) -> None:
    await put(database)
    (job,) = await take(database)
    await do(database, retry, job, after(0), "")
    (other,) = await take(database)
    rest = {finish: (), retry: (after(1), "e"), postpone: (after(1),), bury: ("e",)}[verb]
    with pytest.raises(LostLease):
        await do(database, verb, job, *rest)
    await do(database, finish, other)
    with pytest.raises(LostLease):
        await do(database, verb, other, *rest)


async def test_the_queue_at_a_glance_counts_by_state(database: Database) -> None:
    for _ in range(3):
        await put(database)
    await put(database, lane="l")
    await put(database, lane="l")
    await take(database, 2)
    found = await database.read(run_at)
    assert [(row[0], row[1], row[2], row[3]) for row in found] == [
        (POOL, "do", 0, 2),
        (POOL, "do", 1, 2),
        (POOL, "do", 2, 1),
    ]
