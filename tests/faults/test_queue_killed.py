"""Workers are killed at random; every effect is there exactly once, each lane in its order."""

import random
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from kaiwa.engines.clock import SystemClock
from kaiwa.engines.db import Database, Session
from kaiwa.engines.queue import NewJob, enqueue
from tests.databases import rows

pytestmark = [pytest.mark.faults, pytest.mark.slow]

ROOT = Path(__file__).parents[2]
JOBS = 2000
LANES = 100
KILLS = 18
WITHIN_S = 60


class Killer:
    """Keeps `seats` worker processes and kills each some moments after it began to work."""

    def __init__(self, url: str, seats: int) -> None:
        self.kills = 0
        self._url = url
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._sit, daemon=True) for _ in range(seats)]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join(10)
            assert not thread.is_alive()

    def _sit(self) -> None:
        while not self._over.is_set():
            command = [sys.executable, "-m", "tests.faults.drain", self._url]
            with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
                assert process.stdout is not None
                assert process.stdout.readline() == b"ready\n"
                if self.kills < KILLS:
                    time.sleep(random.uniform(0, 0.25))
                else:
                    self._over.wait()
                process.kill()
                with self._lock:
                    self.kills += 1


def fill(session: Session) -> None:
    number = {"sqlite": "INTEGER PRIMARY KEY", "postgres": "BIGSERIAL"}[session.dialect]
    session.run(f"CREATE TABLE probe (id {number}, lane TEXT, n TEXT)")
    now = SystemClock().now()
    for n in range(JOBS):
        enqueue(session, NewJob("work", "do", str(n), lane=f"lane {n % LANES}"), now)


def left(db: Database) -> int:
    return int(db.read_now(lambda s: s.all("SELECT count(*) FROM job WHERE state < 3"))[0][0])


def test_killing_workers_loses_nothing_doubles_nothing_and_keeps_the_order(
    database: Database, database_url: str
) -> None:
    database.write_now(fill)
    killer = Killer(database_url, seats=3 if database.dialect == "postgres" else 1)
    killer.start()
    at_kill: dict[int, int] = {}
    end = time.monotonic() + WITHIN_S
    while (remaining := left(database)) and time.monotonic() < end:
        at_kill.setdefault(killer.kills, remaining)
        time.sleep(0.05)
    killer.stop()

    assert remaining == 0
    # The killing was over before the work was, so that each of them hit somebody at work.
    assert min((n for kills, n in at_kill.items() if kills >= KILLS), default=0) > 0
    done: dict[str, list[Any]] = {}
    for lane, n in database.read_now(lambda s: rows(s, "SELECT lane, n FROM probe ORDER BY id")):
        done.setdefault(lane, []).append(int(n))
    assert done == {f"lane {i}": [*range(i, JOBS, LANES)] for i in range(LANES)}
