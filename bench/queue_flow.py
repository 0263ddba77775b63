"""CPU of one job from enqueue through claim to finish, each in the transactions a worker uses."""

import asyncio
import time

from bench._measure import arguments, measured_database, say
from kaiwa.engines.clock import SystemClock
from kaiwa.engines.db import Database
from kaiwa.engines.queue import Claim, NewJob, claim, enqueue, finish

JOBS = 12_800
AT_ONCE = 64


async def flow(db: Database, *, lanes: int) -> float:
    now = SystemClock().now()
    wanted = Claim("flow", "bench", AT_ONCE)
    start = time.process_time()
    for first in range(0, JOBS, AT_ONCE):
        new = [
            NewJob("flow", "do", "{}", lane=f"lane {n % lanes}" if lanes else None)
            for n in range(first, first + AT_ONCE)
        ]
        await asyncio.gather(*(db.write(lambda s, n=n: enqueue(s, n, now)) for n in new))  # type: ignore[misc]
        while jobs := await db.write(lambda s: claim(s, wanted, now)):
            await asyncio.gather(*(db.write(lambda s, j=j: finish(s, j)) for j in jobs))  # type: ignore[misc]
    return (time.process_time() - start) / JOBS * 1e6


async def main() -> None:
    with measured_database(arguments()) as (db, _):
        limit = "<= 184" if db.dialect == "sqlite" else ""
        say(f"{db.dialect}_job", await flow(db, lanes=0), "us CPU", limit)
        say(f"{db.dialect}_job_in_a_lane", await flow(db, lanes=1000), "us CPU", limit)


asyncio.run(main())
