"""One million pending timers: what a look at the queue costs, and how fast what is due is done."""

import asyncio
import time
from datetime import timedelta

from bench._measure import arguments, measured_database, rss_mb, say
from kaiwa.engines.clock import SystemClock
from kaiwa.engines.db import Database, Session
from kaiwa.engines.queue import Claim, NewJob, claim, enqueue, finish
from kaiwa.engines.queue.job import next_due
from kaiwa.vocabulary.time import to_micros

TIMERS = 1_000_000
ENQUEUED = 20_000
POLLS = 5_000
DUE = 20_000
BATCH = 64

_FILL = """
    INSERT INTO job (pool, kind, key, payload, state, due_at, attempts, created_at)
    {numbers} SELECT 'timers', 'remind', 'cart:' || n || ':reminder', '{{"cart":1}}', 0,
      :at + n * CAST(1000000 AS BIGINT), 0, :at FROM numbers"""
_NUMBERS = {
    "sqlite": """WITH RECURSIVE numbers(n) AS
      (SELECT :first UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < :after)""",
    "postgres": "WITH numbers(n) AS (SELECT generate_series(:first, :after - 1))",
}


async def fill(db: Database, first: int, after: int) -> None:
    at = SystemClock().now() + timedelta(days=1)
    sql = _FILL.format(numbers=_NUMBERS[db.dialect])
    for start in range(first, after, 100_000):
        end = min(start + 100_000, after)
        await db.write(lambda s: s.run(sql, at=at, first=start, after=end))  # noqa: B023


async def enqueue_rate(db: Database) -> float:
    """Timers put one by one, a thousand a transaction."""
    now = SystemClock().now()

    def work(session: Session) -> None:
        for _ in range(1000):
            enqueue(session, NewJob("timers", "remind", due_at=now + timedelta(days=400)), now)

    start = time.perf_counter()
    for _ in range(ENQUEUED // 1000):
        await db.write(work)
    return ENQUEUED / (time.perf_counter() - start)


def poll_us(session: Session) -> float:
    start = time.perf_counter()
    for _ in range(POLLS):
        next_due(session, "timers")
    return (time.perf_counter() - start) / POLLS * 1e6


async def claim_and_finish_rate(db: Database) -> float:
    """As the worker does: a claim of up to 64, then each job finished in a unit of its own."""
    now = SystemClock().now()
    await db.write(
        lambda s: s.run(
            "UPDATE job SET due_at = :due WHERE due_at IN"
            " (SELECT due_at FROM job WHERE state = 0 ORDER BY pool, due_at LIMIT :n)",
            due=to_micros(now),
            n=DUE,
        )
    )
    wanted = Claim("timers", "bench", BATCH)
    done, start = 0, time.perf_counter()
    while jobs := await db.write(lambda s: claim(s, wanted, now)):
        await asyncio.gather(*(db.write(lambda s, j=job: finish(s, j)) for job in jobs))  # type: ignore[misc]
        done += len(jobs)
    assert done == DUE
    return done / (time.perf_counter() - start)


async def main() -> None:
    given = arguments()
    with measured_database(given) as (db, _):
        on = db.dialect
        await fill(db, 0, TIMERS // 2)
        if on == "postgres":
            await asyncio.to_thread(db.write_now, lambda s: s.run("ANALYZE job"))
        half_mb = rss_mb()
        await fill(db, TIMERS // 2, TIMERS)
        grown_mb = rss_mb() - half_mb
        say(
            f"{on}_insert", await enqueue_rate(db), "timers/s", ">= 10000" if on == "sqlite" else ""
        )
        poll = await db.read(poll_us)
        say(f"{on}_empty_poll", poll, "us", "<= 20" if on == "sqlite" else "<= 200")
        rate = await claim_and_finish_rate(db)
        say(f"{on}_claim_finish", rate, "jobs/s", ">= 5000" if on == "sqlite" else "")
        say(f"{on}_memory_growth_500k_to_1M", max(0.0, grown_mb), "MB", "<= 10")


asyncio.run(main())
