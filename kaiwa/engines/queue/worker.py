"""Claims jobs and hands them to their handlers, each pool with a concurrency of its own.

Pools keep what must not wait apart from what may: a slow provider never holds up intake.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from typing import TypeAlias

import msgspec
import structlog

from kaiwa.engines.clock import Clock
from kaiwa.engines.db import Database, Nudge, Session
from kaiwa.engines.queue.job import (
    LEASE,
    POLL,
    Claim,
    Job,
    LostLease,
    bury,
    claim,
    let_go,
    next_due,
    reclaim,
    renew,
    retry,
)
from kaiwa.engines.queue.recorded import recorded
from kaiwa.engines.queue.schedule import Cron, next_after, tick
from kaiwa.vocabulary.errors import Refused, Unreachable
from kaiwa.vocabulary.time import to_micros

Handler: TypeAlias = Callable[[Job], Awaitable[None]]

log = structlog.get_logger()

POLL_S = POLL.total_seconds()
BREATH_S = 0.025
SHORTEST_WAIT_S = 0.01
MOST_ATTEMPTS = 12
MOST_UNREACHABLE = 150


class Pool(msgspec.Struct, frozen=True):
    """A share of the worker: `concurrency` jobs of these kinds at once."""

    name: str
    concurrency: int
    handlers: Mapping[str, Handler]


class Worker:
    """Runs pools until stopped. Handlers finish their own jobs, in their own transaction."""

    def __init__(
        self, db: Database, clock: Clock, pools: Sequence[Pool], crons: Sequence[Cron] = ()
    ) -> None:
        self._db = db
        self._clock = clock
        self._pools = pools
        self._crons = crons
        self._owner = ""
        self._wake = {pool.name: asyncio.Event() for pool in pools}
        self._loops: list[asyncio.Task[None]] = []
        self._keeping: asyncio.Task[None] | None = None
        self._running: dict[asyncio.Task[None], Job] = {}
        # Until when a pool may hold jobs nobody knows of: later their leases have run out anyway.
        self._doubtful_until: dict[str, float] = {}
        self._stopping = False
        for cron in crons:
            next_after(cron.line, clock.now())

    async def start(self) -> None:
        """Begin to work."""
        self._owner = await asyncio.to_thread(self._db.take_owner)
        self._loops = [asyncio.create_task(self._run(pool)) for pool in self._pools]
        self._keeping = asyncio.create_task(self._upkeep())

    async def stop(self, *, patience_s: float = 10.0) -> None:
        """Claim no more, let running jobs end; what does not end is reclaimed by the next one."""
        self._stopping = True
        for wake in self._wake.values():
            wake.set()
        end = asyncio.get_running_loop().time() + patience_s
        # A claim under way is let through: what it takes would wait for its lease otherwise.
        await _ended(self._loops, patience_s)
        await _ended([*self._running], end - asyncio.get_running_loop().time())
        tasks = [*self._loops, *([self._keeping] if self._keeping else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def wake(self, nudges: Sequence[Nudge]) -> None:
        """Look at once: jobs were enqueued (called on the event loop)."""
        for nudge in nudges:
            if nudge.kind == "job" and nudge.note in self._wake:
                self._wake[nudge.note].set()

    async def _run(self, pool: Pool) -> None:
        free = asyncio.Semaphore(pool.concurrency)
        while not self._stopping:
            try:
                await self._turn(pool, free)
            except Unreachable as error:
                log.warning("queue_waits", pool=pool.name, reason=error.message)
                await asyncio.sleep(POLL_S)
            except Exception:  # whatever it is, the pool must not stand still for ever
                log.exception("queue_turn_failed", pool=pool.name)
                await asyncio.sleep(POLL_S)

    async def _turn(self, pool: Pool, free: asyncio.Semaphore) -> None:
        await free.acquire()
        free.release()
        if self._stopping:
            return
        wake = self._wake[pool.name]
        wake.clear()
        room = self._room(free)
        jobs, due = await self._claim(pool, room)
        for job in jobs:
            await free.acquire()
            self._begin(pool, job, free)
        if jobs and len(jobs) < room:
            # Each claim costs a commit and two changes of thread: what comes now goes together.
            await asyncio.sleep(BREATH_S)
        if len(jobs) < room:
            await self._sleep(wake, due)

    def _room(self, free: asyncio.Semaphore) -> int:
        return max(1, min(64, free._value))

    def _begin(self, pool: Pool, job: Job, free: asyncio.Semaphore) -> None:
        task = asyncio.create_task(self._handle(pool, job))
        self._running[task] = job
        task.add_done_callback(self._running.pop)
        task.add_done_callback(lambda _: free.release())

    async def _claim(self, pool: Pool, limit: int) -> tuple[list[Job], int | None]:
        wanted = Claim(pool.name, self._owner, limit)
        in_doubt = asyncio.get_running_loop().time() < self._doubtful_until.get(pool.name, 0.0)
        # Only here does the pool get jobs: what is not among these now, nobody works on.
        running = {job.id for job in self._running.values()}

        def take(session: Session) -> tuple[list[Job], int | None]:
            if in_doubt:
                let_go(session, wanted, running)
            jobs = claim(session, wanted, self._clock.now())
            # In the same transaction: whatever comes later wakes us.
            return jobs, next_due(session, pool.name) if len(jobs) < limit else None

        try:
            return await self._db.write(take)
        except Exception:
            self._doubt(pool)
            raise

    def _doubt(self, pool: Pool) -> None:
        now = asyncio.get_running_loop().time()
        self._doubtful_until[pool.name] = now + LEASE.total_seconds()

    async def _sleep(self, wake: asyncio.Event, due: int | None) -> None:
        timeout_s = POLL_S
        if due is not None:
            # What is due already is in another process's hands at the moment.
            wait_s = (due - to_micros(self._clock.now())) / 1e6
            timeout_s = min(POLL_S, max(SHORTEST_WAIT_S, wait_s))
        try:
            await asyncio.wait_for(wake.wait(), timeout_s)
        except TimeoutError:
            return

    async def _handle(self, pool: Pool, job: Job) -> None:
        try:
            handler = pool.handlers.get(job.kind)
            if handler is None:
                # A newer version of the program may have enqueued it: it will be here soon.
                raise Unreachable(f"Nobody here handles {job.kind!r}.", retry_after_s=60)
            await handler(job)
        except LostLease as error:
            log.info("lease_lost", job=job.id, kind=job.kind, reason=error.message)
        except Exception as error:  # one bad job must not stop the pool
            await self._failed(pool, job, error)

    async def _failed(self, pool: Pool, job: Job, error: Exception) -> None:
        most = MOST_UNREACHABLE if isinstance(error, Unreachable) else MOST_ATTEMPTS
        last = job.tries >= most or isinstance(error, Refused)
        text = f"{type(error).__name__}: {error}"
        named = {"job": job.id, "kind": job.kind, "error": type(error).__name__}
        log.warning("job_failed", **named, attempts=job.attempts, dead=last)
        if not isinstance(error, Unreachable):
            log.error("job_error", job=job.id, kind=job.kind, exc_info=error)

        def record(session: Session) -> None:
            if last:
                bury(session, job, text)
            else:
                retry(session, job, self._clock.now() + backoff(job.tries, error), text)

        try:
            await recorded(self._db, record)
        except LostLease as gone:
            # It was finished, or let go of, and only the answer was lost; or somebody else has it.
            log.info("lease_lost", job=job.id, kind=job.kind, reason=gone.message)
        except Exception as again:
            self._doubt(pool)
            log.warning("job_left", job=job.id, reason=str(again))

    async def _upkeep(self) -> None:
        while True:
            try:
                await asyncio.to_thread(self._db.keep_owner, self._owner)
                running = [job.id for job in self._running.values()]
                await self._db.write(lambda s: self._look_after(s, running))  # noqa: B023
            except Unreachable as error:
                log.warning("upkeep_waits", reason=error.message)
            except Exception:  # without upkeep every lease would run out
                log.exception("upkeep_failed")
            await asyncio.sleep(POLL_S)

    def _look_after(self, session: Session, running: list[int]) -> None:
        now = self._clock.now()
        renew(session, self._owner, running, now)
        if reclaim(session, now, self._owner):
            for pool in self._pools:
                session.nudge(Nudge("job", 0, note=pool.name))
        tick(session, self._crons, now)


def backoff(attempts: int, error: Exception | None = None) -> timedelta:
    """1 s, 2 s, 4 s … up to 10 minutes, spread by up to a quarter; the provider's wish first.

    A wish that came true too often is taken for the least, so that `MOST_UNREACHABLE` attempts
    last about a day.
    """
    seconds = min(600.0, 2.0 ** min(attempts - 1, 20)) * random.uniform(1.0, 1.25)
    if isinstance(error, Unreachable) and error.retry_after_s is not None:
        wished = error.retry_after_s
        return timedelta(seconds=wished if attempts < MOST_ATTEMPTS else max(wished, seconds))
    return timedelta(seconds=seconds)


async def _ended(tasks: Sequence[asyncio.Task[None]], timeout_s: float) -> None:
    if tasks:
        await asyncio.wait(tasks, timeout=max(0.0, timeout_s))
