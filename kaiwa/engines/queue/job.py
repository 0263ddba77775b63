"""A job's record and everything that can happen to it, one SQL statement each."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Final

import msgspec

from kaiwa.engines.db import Nudge, Row, Session
from kaiwa.vocabulary.errors import Conflict
from kaiwa.vocabulary.time import to_micros

READY: Final = 0
CLAIMED: Final = 1
BEHIND: Final = 2
DEAD: Final = 3

LEASE = timedelta(seconds=60)
# Workers look by themselves at least this often, and then sleep no longer than until what is due.
POLL = timedelta(seconds=1)
MOST_LOSSES: Final = 100


class LostLease(Conflict):
    """Somebody else has this job now: whatever was about to be recorded must not be."""


class NewJob(msgspec.Struct, frozen=True):
    """What to enqueue. `key` makes it idempotent while it is pending; `lane` keeps order.

    Without `due_at` it is due at once, whatever the clock says or will say.
    """

    pool: str
    kind: str
    payload: str = ""
    key: str | None = None
    lane: str | None = None
    due_at: datetime | None = None


class Job(msgspec.Struct, frozen=True):
    """A claimed job: the n-th attempt (from 1) of `kind` with `payload`."""

    id: int
    pool: str
    kind: str
    payload: str
    lane: str | None
    attempts: int
    key: str | None = None
    losses: int = 0

    @property
    def tries(self) -> int:
        """Attempts that came to an end: those whose worker was killed do not speak against it."""
        return self.attempts - self.losses


class Claim(msgspec.Struct, frozen=True):
    """Who claims how many jobs of which pool."""

    pool: str
    owner: str
    limit: int


_INSERT = """
    INSERT INTO job (pool, kind, key, lane, payload, state, due_at, attempts, created_at)
    SELECT :pool, :kind, CAST(:key AS text), CAST(:lane AS text), :payload,
      CASE WHEN EXISTS (SELECT 1 FROM job WHERE lane = CAST(:lane AS text) AND state < 3)
        THEN 2 ELSE 0 END,
      :due, 0, :now
    WHERE true ON CONFLICT (key) DO NOTHING RETURNING id"""


def enqueue(session: Session, new: NewJob, now: datetime) -> int | None:
    """Put a job in the queue; None when one with this key is there already."""
    if new.lane is not None:
        _hold_lane(session, new.lane)
    row = session.one(
        _INSERT,
        pool=new.pool,
        kind=new.kind,
        key=new.key,
        lane=new.lane,
        payload=new.payload,
        due=0 if new.due_at is None else to_micros(new.due_at),
        now=now,
    )
    if row is None:
        return None
    if new.due_at is None or new.due_at < now + POLL:
        # Nobody is woken for later: PostgreSQL commits those who notify one after the other.
        session.nudge(Nudge("job", 0, note=new.pool))
    return int(row[0])


def hold_lanes(session: Session, lanes: Iterable[str]) -> None:
    """Before enqueueing in several lanes: hold them in one order, so none waits in a circle."""
    for lane in sorted(set(lanes)):
        _hold_lane(session, lane)


def claim(session: Session, wanted: Claim, now: datetime) -> list[Job]:
    """Take up to `limit` ready jobs of a pool, oldest first."""
    skip = " FOR UPDATE SKIP LOCKED" if session.dialect == "postgres" else ""
    rows = session.all(
        # MATERIALIZED: PostgreSQL might run the choice once per row and take more than the limit.
        f"""WITH due AS MATERIALIZED (
          SELECT id FROM job WHERE state = 0 AND pool = :pool AND due_at <= :now
          ORDER BY due_at, id LIMIT :limit{skip})
        UPDATE job SET state = 1, attempts = attempts + 1, owner = :owner, lease_until = :until
        WHERE id IN (SELECT id FROM due)
        RETURNING id, pool, kind, payload, lane, attempts, key, losses, due_at""",
        owner=wanted.owner,
        until=now + LEASE,
        pool=wanted.pool,
        now=now,
        limit=wanted.limit,
    )
    return [Job(*row[:8]) for row in sorted(rows, key=lambda row: (row[8], row[0]))]


def finish(session: Session, job: Job) -> None:
    """The job is done; call it in the transaction that records its effect.

    Raises `LostLease` when the job was reclaimed meanwhile.
    """
    if job.lane is not None:
        _hold_lane(session, job.lane)
    gone = session.run(
        "DELETE FROM job WHERE id = :id AND attempts = :attempts AND state = 1",
        id=job.id,
        attempts=job.attempts,
    )
    if gone != 1:
        raise LostLease(f"Job {job.id} ({job.kind}) is no longer ours.")
    _promote(session, job.lane)


def is_held(session: Session, job: Job) -> bool:
    """Whether nobody else has the job now; if so, it cannot be lost until the commit."""
    row = session.one(
        f"SELECT 1 FROM job WHERE id = :id AND attempts = :attempts AND state = 1{session.lock}",
        id=job.id,
        attempts=job.attempts,
    )
    return row is not None


def require_held(session: Session, job: Job) -> None:
    """`LostLease` when somebody else has the job now; the job cannot be lost until the commit."""
    if not is_held(session, job):
        raise LostLease(f"Job {job.id} ({job.kind}) is no longer ours.")


def retry(session: Session, job: Job, at: datetime, error: str) -> None:
    """Let go of the job until `at`; the jobs behind it in its lane wait with it."""
    _release(session, job, due=to_micros(at), error=error, attempts=job.attempts)


def postpone(session: Session, job: Job, at: datetime) -> None:
    """Let go until `at` without counting this as an attempt (a rate limit, a quiet hour)."""
    _release(session, job, due=to_micros(at), error=None, attempts=job.attempts - 1)


def bury(session: Session, job: Job, error: str) -> None:
    """Give up: the job stays to be looked at (`kaiwa doctor`), its lane goes on."""
    if job.lane is not None:
        _hold_lane(session, job.lane)
    done = session.run(
        """UPDATE job SET state = 3, error = :error, owner = NULL, lease_until = NULL,
        key = NULL WHERE id = :id AND attempts = :attempts AND state = 1""",
        id=job.id,
        attempts=job.attempts,
        error=_kept(error),
    )
    if done != 1:
        raise LostLease(f"Job {job.id} ({job.kind}) is no longer ours.")
    _promote(session, job.lane)


def renew(session: Session, owner: str, running: Collection[int], now: datetime) -> None:
    """Prolong the leases of the jobs the owner really works on, when half of it is gone.

    Whatever else it once claimed (the answer was lost, the handler gave up on it) runs out.
    """
    soon, until = now + LEASE / 2, now + LEASE
    session.many(
        """UPDATE job SET lease_until = :until
        WHERE id = :id AND owner = :owner AND state = 1 AND lease_until < :soon""",
        [{"id": id, "owner": owner, "soon": soon, "until": until} for id in sorted(running)],
    )


def let_go(session: Session, wanted: Claim, running: Collection[int]) -> int:
    """Make ready what the owner holds of the pool and does not work on; how many.

    The answer to a claim may be lost on its way: then nobody knows that he has these jobs.
    """
    held = session.all(
        "SELECT id FROM job WHERE state = 1 AND owner = :owner AND pool = :pool",
        owner=wanted.owner,
        pool=wanted.pool,
    )
    forgotten = [{"id": id, "owner": wanted.owner} for (id,) in held if id not in running]
    session.many(
        """UPDATE job SET state = 0, losses = losses + 1, owner = NULL, lease_until = NULL
        WHERE id = :id AND owner = :owner AND state = 1""",
        forgotten,
    )
    return len(forgotten)


def reclaim(session: Session, now: datetime, mine: str = "") -> int:
    """Make jobs of dead owners, and those whose lease ran out, ready again; how many.

    Whoever calls lives, under the name of `mine`, even if the lock on it was lost just now. A job
    that lost `MOST_LOSSES` workers may be what kills them: it is given up.
    """
    count = 0
    for (owner,) in session.all("SELECT DISTINCT owner FROM job WHERE state = 1"):
        lives = owner == mine or session.owner_lives(owner)
        late = " AND lease_until < :now" if lives else ""
        lost = session.all(
            f"""UPDATE job SET state = 0, losses = losses + 1, owner = NULL, lease_until = NULL
            WHERE state = 1 AND owner = :owner{late} RETURNING id, lane, losses""",
            owner=owner,
            **({"now": now} if late else {}),
        )
        for job_id, lane, losses in lost:
            if losses >= MOST_LOSSES:
                _give_up(session, job_id, lane)
        count += len(lost)
    return count


def _give_up(session: Session, job_id: int, lane: str | None) -> None:
    if lane is not None:
        _hold_lane(session, lane)
    session.run(
        "UPDATE job SET state = 3, key = NULL, error = :error WHERE id = :id AND state = 0",
        id=job_id,
        error=f"Its worker died or hung {MOST_LOSSES} times.",
    )
    _promote(session, lane)


def cancel(session: Session, key: str) -> bool:
    """Remove a job that nobody has claimed yet; False when it is too late or not there."""
    row = session.one("SELECT id, lane FROM job WHERE key = :key", key=key)
    if row is None:
        return False
    job_id, lane = row
    if lane is not None:
        _hold_lane(session, lane)
    if not session.run("DELETE FROM job WHERE id = :id AND state IN (0, 2)", id=job_id):
        return False
    _promote(session, lane)
    return True


def revive(session: Session, job_id: int) -> bool:
    """Make a dead job ready again, from its first attempt."""
    return bool(
        session.run(
            "UPDATE job SET state = 0, attempts = 0, losses = 0, due_at = 0, lane = NULL,"
            " error = NULL WHERE id = :id AND state = 3",
            id=job_id,
        )
    )


def run_at(session: Session) -> list[Row]:
    """The queue at a glance: pool, kind, state, count, oldest due_at, most attempts."""
    return session.all(
        """SELECT pool, kind, state, count(*), min(due_at), max(attempts) FROM job
        GROUP BY pool, kind, state ORDER BY pool, kind, state"""
    )


def next_due(session: Session, pool: str) -> int | None:
    """When the pool's next ready job is due, in micros; None when there is none."""
    row = session.one(
        "SELECT due_at FROM job WHERE state = 0 AND pool = :pool ORDER BY due_at LIMIT 1", pool=pool
    )
    return None if row is None else int(row[0])


def _release(session: Session, job: Job, *, due: int, error: str | None, attempts: int) -> None:
    done = session.run(
        """UPDATE job SET state = 0, due_at = :due, owner = NULL, lease_until = NULL,
        error = :error, attempts = :left
        WHERE id = :id AND attempts = :attempts AND state = 1""",
        id=job.id,
        attempts=job.attempts,
        left=attempts,
        due=due,
        error=None if error is None else _kept(error),
    )
    if done != 1:
        raise LostLease(f"Job {job.id} ({job.kind}) is no longer ours.")


def _promote(session: Session, lane: str | None) -> None:
    if lane is None:
        return
    promoted = session.one(
        """UPDATE job SET state = 0 WHERE state = 2 AND id =
        (SELECT min(id) FROM job WHERE lane = :lane AND state < 3) RETURNING pool""",
        lane=lane,
    )
    if promoted is not None:
        session.nudge(Nudge("job", 0, note=promoted[0]))


def _kept(error: str) -> str:
    # PostgreSQL takes neither NUL nor half a surrogate pair, and an error may hold anything.
    return error[:2000].encode("utf-8", "replace").decode().replace("\0", "")


def _hold_lane(session: Session, lane: str) -> None:
    # Enqueueing behind a job and finishing it must not miss each other.
    if session.dialect == "postgres":
        session.run("SELECT pg_advisory_xact_lock(hashtextextended(:lane, 0))", lane=lane)
