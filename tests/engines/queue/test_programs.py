"""Random programs of several owners: no lane out of order, nothing lost, nothing done twice."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kaiwa.engines.db import Database, Session
from kaiwa.engines.queue import (
    Claim,
    Job,
    LostLease,
    NewJob,
    bury,
    cancel,
    claim,
    enqueue,
    finish,
    postpone,
    reclaim,
    retry,
)
from kaiwa.engines.queue.job import LEASE
from tests.databases import rows, table
from tests.engines.queue.stories import POOL, START

LANES = [None, "a", "b", "c"]
KEYS = [None, None, "k1", "k2"]

small = st.integers(0, 3)
putting = st.tuples(st.just("enqueue"), small, small, st.sampled_from([0, 0, 5, 90]))
claiming = st.tuples(st.just("claim"), small, st.integers(1, 4))
steps = st.one_of(
    putting,
    putting,
    claiming,
    claiming,
    st.tuples(st.just("finish"), st.integers(0, 20)),
    st.tuples(st.sampled_from(["finish", "retry", "postpone", "bury"]), st.integers(0, 20)),
    st.tuples(st.just("cancel"), small),
    st.tuples(st.just("reclaim")),
    st.tuples(st.just("wait"), st.sampled_from([1, 30, 61, -20])),
)


class Program:
    """Runs steps against the database and remembers what has to be true."""

    def __init__(self, db: Database, owners: list[str]) -> None:
        self.db = db
        self.owners = owners
        self.now = START
        self.put: dict[int, str | None] = {}
        self.held: list[Job] = []
        self.holder: dict[int, int] = {}
        self.lease: dict[int, tuple[str, datetime]] = {}
        self.ended: dict[int, str] = {}
        db.write_now(lambda s: (s.run("DELETE FROM job"), s.run("DELETE FROM probe")))

    def step(self, name: str, *args: Any) -> None:
        if name in ("finish", "retry", "postpone", "bury"):
            self._end(name, *args)
        else:
            getattr(self, f"_{name}")(*args)
        self.check()

    def _enqueue(self, lane: int, key: int, delay_s: int) -> None:
        due: datetime | None = self.now + timedelta(seconds=delay_s) if delay_s else None
        new = NewJob(POOL, "do", key=KEYS[key], lane=LANES[lane], due_at=due)
        pending = [] if KEYS[key] is None else self._keys()
        job_id = self.db.write_now(lambda s: enqueue(s, new, self.now))
        assert (job_id is None) == (KEYS[key] in pending)
        if job_id is not None:
            self.put[job_id] = LANES[lane]

    def _claim(self, owner: int, limit: int) -> None:
        wanted = Claim(POOL, self.owners[owner % len(self.owners)], limit)
        jobs = self.db.write_now(lambda s: claim(s, wanted, self.now))
        assert len(jobs) <= limit
        for job in jobs:
            assert job.id not in self.holder, "claimed by two at once"
            assert job.id not in self.ended, "claimed after its end"
            self.holder[job.id] = job.attempts
            self.lease[job.id] = (wanted.owner, self.now + LEASE)
        self.held += jobs

    def _end(self, verb: str, index: int) -> None:
        if not self.held:
            return
        job = self.held[index % len(self.held)]
        ours = self.holder.get(job.id) == job.attempts
        try:
            self.db.write_now(lambda s: _ending(s, verb, job, self.now))
        except LostLease:
            assert not ours, "refused to its holder"
            self.held.remove(job)
            return
        assert ours, "a late one was let through"
        del self.holder[job.id]
        if verb in ("finish", "bury"):
            self.ended[job.id] = verb
        if verb != "retry":
            # Who retried may come late and must be refused; who postponed has let go by itself.
            self.held.remove(job)

    def _cancel(self, key: int) -> None:
        found = [] if KEYS[key] is None else self._keys(f"AND key = '{KEYS[key]}'", "id, state")
        gone = self.db.write_now(lambda s: cancel(s, KEYS[key] or "none"))
        assert gone == any(state != 1 for _, state in found)
        if gone:
            self.ended[found[0][0]] = "cancel"

    def _reclaim(self) -> None:
        before = set(self.holder)
        self.db.write_now(lambda s: reclaim(s, self.now))
        claimed = {
            row[0]: row[1] for row in self.db.read_now(lambda s: rows(s, _CLAIMED)) if row[0]
        }
        for job_id in before - set(claimed):
            owner, until = self.lease[job_id]
            assert owner == "dead" or until < self.now, "taken from one who lives"
            del self.holder[job_id]
        assert not [owner for owner in claimed.values() if owner == "dead"]
        given_up = self.db.read_now(lambda s: rows(s, "SELECT id FROM job WHERE state = 3"))
        for (job_id,) in given_up:
            self.ended.setdefault(job_id, "bury")

    def _wait(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    def _keys(self, more: str = "", what: str = "key") -> list[Any]:
        sql = f"SELECT {what} FROM job WHERE key IS NOT NULL {more}"
        found = self.db.read_now(lambda s: rows(s, sql))
        return [row[0] for row in found] if what == "key" else found

    def check(self) -> None:
        found = self.db.read_now(lambda s: rows(s, "SELECT id, lane, state FROM job ORDER BY id"))
        alive = {job_id for job_id, _, state in found if state < 3}
        assert alive == set(self.put) - set(self.ended), "lost or kept too long"
        assert {i for i, _, state in found if state == 1} == set(self.holder)
        for name in LANES[1:]:
            states = [state for _, lane, state in found if lane == name and state < 3]
            assert all(state == 2 for state in states[1:]), "two of one lane can run"
            assert states[:1] in ([], [0], [1]), "a lane that nobody will ever run"
        assert all(state != 2 for _, lane, state in found if lane is None)

    def run_to_the_end(self) -> None:
        """Everything that was not ended in another way is done now, each once, lanes in order."""
        self.now += timedelta(days=1)
        self._reclaim()
        while True:
            self._claim(0, 3)
            if not self.holder:
                break
            for job in [j for j in self.held if self.holder.get(j.id) == j.attempts]:
                self._end("finish", self.held.index(job))
            self.check()
        done = [
            n for (n,) in self.db.read_now(lambda s: rows(s, "SELECT n FROM probe ORDER BY at"))
        ]
        assert len(done) == len(set(done))
        assert set(done) == {i for i in self.put if self.ended[i] == "finish"}
        for lane in LANES[1:]:
            mine = [job_id for job_id in done if self.put[job_id] == lane]
            assert mine == sorted(mine), "a lane ran out of order"


_CLAIMED = "SELECT id, owner FROM job WHERE state = 1"


def _ending(session: Session, verb: str, job: Job, now: datetime) -> None:
    if verb == "finish":
        # The effect comes first: a finish that is refused must take it back.
        session.run(
            "INSERT INTO probe VALUES (:n, (SELECT count(*) FROM probe))",
            n=job.id,
        )
        finish(session, job)
    elif verb == "retry":
        retry(session, job, now + timedelta(seconds=20), "again")
    elif verb == "postpone":
        postpone(session, job, now + timedelta(seconds=20))
    else:
        bury(session, job, "no")


@pytest.fixture
def owners(database: Database) -> list[str]:
    database.write_now(lambda s: table(s, "n BIGINT, at BIGINT"))
    return [database.take_owner(), database.take_owner(), "dead"]


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(program=st.lists(steps, min_size=20, max_size=50))
def test_any_program_keeps_the_promises(
    database: Database, owners: list[str], program: list[Any]
) -> None:
    running = Program(database, owners)
    for step in program:
        running.step(*step)
    running.run_to_the_end()
