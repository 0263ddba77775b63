"""Owners: a process that was killed is known to be dead at once, one that runs is not."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from kaiwa.engines.db import Database, open_database
from tests.engines.db.test_trouble import cut_everybody
from tests.waiting import until

pytestmark = pytest.mark.faults

OWNING = """
import sys, time
from kaiwa.engines.db import open_database
db = open_database(sys.argv[1])
print(db.take_owner(), flush=True)
time.sleep(60)
"""


@contextmanager
def another_process(url: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    command = [sys.executable, "-c", OWNING, url]
    root = Path(__file__).parents[3]
    process = subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip(), process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


async def test_one_who_was_killed_is_dead_at_once(database: Database, database_url: str) -> None:
    with another_process(database_url) as (owner, process):
        for _ in range(3):
            assert await database.read(lambda s: s.owner_lives(owner))
        process.send_signal(signal.SIGKILL)
        process.wait()
        # PostgreSQL first has to notice that the connection ended.
        await until(lambda: not database.read_now(lambda s: s.owner_lives(owner)), within_s=45)


async def test_one_lives_in_its_own_eyes_and_in_those_of_others(
    database: Database, database_url: str
) -> None:
    owner, second = database.take_owner(), database.take_owner()
    assert owner != second
    with closing(open_database(database_url)) as other:
        for db in (database, other):
            assert await db.read(lambda s: (s.owner_lives(owner), s.owner_lives(second)))
            assert await db.write(lambda s: s.owner_lives(owner))


async def test_nobody_has_a_name_that_was_never_taken(database: Database) -> None:
    assert not await database.read(lambda s: s.owner_lives("1-never"))


async def test_an_owner_whose_connection_was_cut_holds_its_name_again(postgres_url: str) -> None:
    with closing(open_database(postgres_url)) as db, closing(open_database(postgres_url)) as other:
        owner = db.take_owner()
        db.keep_owner(owner)
        cut_everybody(postgres_url)
        await until(lambda: not other.read_now(lambda s: s.owner_lives(owner)))

        def kept() -> bool:
            db.keep_owner(owner)
            return other.read_now(lambda s: s.owner_lives(owner))

        await until(kept)
        assert not await other.read(lambda s: s.owner_lives("another"))
