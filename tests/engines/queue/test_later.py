"""Jobs for later: nobody is woken for them, and they are done when they are due all the same."""

import time
from datetime import timedelta

from kaiwa.engines.clock import SystemClock
from kaiwa.engines.db import Database, Nudge, Session
from kaiwa.engines.queue import Job, NewJob, Pool, Worker, enqueue, finish
from tests.engines.queue.stories import POOL
from tests.waiting import until


class Told:
    """A session's nudges, without a database."""

    def __init__(self, session: Session) -> None:
        self.nudges: list[Nudge] = []
        self._session = session

    def __getattr__(self, name: str) -> object:
        return getattr(self._session, name)

    def nudge(self, nudge: Nudge) -> None:
        self.nudges.append(nudge)


def test_only_who_is_due_soon_wakes_the_workers(database: Database) -> None:
    now = SystemClock().now()

    def woken(seconds: float | None) -> int:
        due = None if seconds is None else now + timedelta(seconds=seconds)

        def work(s: Session) -> int:
            told = Told(s)
            enqueue(told, NewJob(POOL, "do", due_at=due), now)  # type: ignore[arg-type]
            return len(told.nudges)

        return database.write_now(work)

    assert [woken(s) for s in (None, -1, 0.9, 1, 30)] == [1, 1, 1, 0, 0]


async def test_a_job_for_later_is_done_on_time_though_nobody_was_woken(database: Database) -> None:
    clock, done = SystemClock(), []

    async def act(job: Job) -> None:
        await database.write(lambda s: finish(s, job))
        done.append(time.monotonic())

    worker = Worker(database, clock, [Pool(POOL, 4, {"do": act})])
    await worker.start()
    due = time.monotonic() + 1.3
    later = NewJob(POOL, "do", due_at=clock.now() + timedelta(seconds=1.3))
    await database.write(lambda s: enqueue(s, later, clock.now()))
    await until(lambda: bool(done), within_s=60)
    await worker.stop()
    assert -0.05 < done[0] - due < 10
