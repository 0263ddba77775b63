"""Repeating work: a cron line per name; each due moment becomes one ordinary job."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from cronsim import CronSim, CronSimError

from kaiwa.engines.db import Session
from kaiwa.engines.queue.job import NewJob, enqueue
from kaiwa.vocabulary.errors import Invalid
from kaiwa.vocabulary.time import from_micros


class Cron(msgspec.Struct, frozen=True):
    """Run job `kind` of `pool` at every moment of `line` (five cron fields, UTC)."""

    kind: str
    pool: str
    line: str


def next_after(line: str, at: datetime) -> datetime:
    """The first moment of the cron line after `at`. Raises `Invalid` when there is none."""
    try:
        return next(CronSim(line, at))
    except (CronSimError, StopIteration) as error:
        raise Invalid(f"Not a moment to come: cron line {line!r}.") from error


def tick(session: Session, crons: Sequence[Cron], now: datetime) -> None:
    """Enqueue what became due since the last run; missed moments are made up for once."""
    for cron in crons:
        row = session.one(
            f"SELECT last_run_at FROM schedule WHERE name = :name{session.lock}", name=cron.kind
        )
        if row is None:
            session.run(
                """INSERT INTO schedule (name, cron, last_run_at) VALUES (:name, :cron, :now)
                ON CONFLICT (name) DO NOTHING""",
                name=cron.kind,
                cron=cron.line,
                now=now,
            )
            continue
        last = from_micros(row[0])
        due = last <= now and next_after(cron.line, last) <= now
        if due:
            enqueue(session, NewJob(cron.pool, cron.kind, key=f"cron:{cron.kind}"), now)
        # A last run in the future means that the clock was set back: count from now on.
        if due or last > now:
            session.run(
                "UPDATE schedule SET last_run_at = :now, cron = :cron WHERE name = :name",
                name=cron.kind,
                cron=cron.line,
                now=now,
            )
