"""A worker process for `test_kill.py`: does the queue's jobs until somebody kills it."""

import asyncio
import random
import sys

from kaiwa.engines.clock import SystemClock
from kaiwa.engines.db import Session, open_database
from kaiwa.engines.queue import Job, Pool, Worker, finish


async def main(url: str) -> None:
    db = open_database(url)

    async def record(job: Job) -> None:
        await asyncio.sleep(random.uniform(0, 0.03))

        def effect(session: Session) -> None:
            session.run("INSERT INTO probe (lane, n) VALUES (:l, :n)", l=job.lane, n=job.payload)
            finish(session, job)

        await db.write(effect)

    worker = Worker(db, SystemClock(), [Pool("work", 8, {"do": record})])
    loop = asyncio.get_running_loop()

    def awake(nudges: list) -> None:
        loop.call_soon_threadsafe(worker.wake, nudges)

    db.listen(awake, lambda: None)
    await worker.start()
    print("ready", flush=True)
    await asyncio.Event().wait()


asyncio.run(main(sys.argv[1]))
