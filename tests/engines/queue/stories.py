"""Short words for what the tests of the queue do with it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from kaiwa.engines.db import Database
from kaiwa.engines.queue import Claim, Job, NewJob, claim, enqueue, finish

START = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
POOL = "work"


def after(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


async def put(db: Database, payload: str = "", **more: Any) -> int | None:
    new = NewJob(POOL, "do", payload, **more)
    return await db.write(lambda s: enqueue(s, new, START))


async def take(
    db: Database, limit: int = 10, *, now: datetime = START, owner: str = "nobody"
) -> list[Job]:
    return await db.write(lambda s: claim(s, Claim(POOL, owner, limit), now))


async def do(db: Database, verb: Callable[..., Any], *args: Any) -> Any:
    return await db.write(lambda s: verb(s, *args))


async def drain(db: Database, *, now: datetime = START) -> list[str]:
    """Claim and finish until there is nothing to claim; the payloads in that order."""
    done: list[str] = []
    while jobs := await take(db, 1, now=now):
        await do(db, finish, jobs[0])
        done.append(jobs[0].payload)
    return done


async def count(db: Database) -> int:
    row = await db.read(lambda s: s.one("SELECT count(*) FROM job"))
    return int((row or (0,))[0])
