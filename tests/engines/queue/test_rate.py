"""Token buckets: a burst, then a steady rate, shared by everybody and unmoved by odd clocks."""

import asyncio
from contextlib import closing

import pytest

from kaiwa.engines.db import Database, open_database
from kaiwa.engines.queue.rate import Limit, forget_unused, give_back, take
from tests.engines.queue.stories import after

LIMIT = Limit(per_s=2, burst=3)


async def ask(db: Database, seconds: float, limit: Limit = LIMIT, key: str = "k") -> float:
    return await db.write(lambda s: take(s, key, limit, after(seconds)))


async def test_a_burst_then_the_steady_rate(database: Database) -> None:
    assert [await ask(database, 0) for _ in range(3)] == [0, 0, 0]
    assert await ask(database, 0) == pytest.approx(0.5)
    assert await ask(database, 0.25) == pytest.approx(0.25)
    assert await ask(database, 0.5) == 0
    assert await ask(database, 0.5) > 0


async def test_no_more_is_saved_up_than_the_burst(database: Database) -> None:
    await ask(database, 0)
    assert [await ask(database, 1000) == 0 for _ in range(5)] == [True, True, True, False, False]


async def test_a_token_given_back_can_be_taken_again_and_fills_no_more_than_the_burst(
    database: Database,
) -> None:
    assert [await ask(database, 0) for _ in range(3)] == [0, 0, 0]
    await database.write(lambda s: give_back(s, "k", LIMIT, after(0)))
    assert await ask(database, 0) == 0
    assert await ask(database, 0) > 0
    await database.write(lambda s: give_back(s, "k", LIMIT, after(1000)))
    assert [await ask(database, 1000) == 0 for _ in range(4)] == [True, True, True, False]
    await database.write(lambda s: give_back(s, "unknown", LIMIT, after(0)))
    assert [await ask(database, 0, key="unknown") == 0 for _ in range(4)] == [True] * 3 + [False]


async def test_over_a_minute_no_more_pass_than_the_rate_allows(database: Database) -> None:
    passed = sum([await ask(database, n / 10) == 0 for n in range(600)])
    assert 3 + 2 * 59 <= passed <= 3 + 2 * 60


async def test_keys_have_buckets_of_their_own(database: Database) -> None:
    assert [await ask(database, 0, key=key) for key in "abcdef"] == [0] * 6


async def test_a_clock_set_back_neither_fills_nor_freezes_the_bucket(database: Database) -> None:
    for _ in range(3):
        await ask(database, 0)
    assert await ask(database, -3600) == pytest.approx(0.5)
    assert await ask(database, -3600 + 0.5) == 0
    assert await ask(database, -3600 + 0.5) > 0


async def test_processes_share_one_bucket(database: Database, database_url: str) -> None:
    with closing(open_database(database_url)) as other:
        asked = [ask(db, 0, Limit(1, 10)) for db in (database, other) for _ in range(20)]
        answers = await asyncio.gather(*asked)
    assert answers.count(0.0) == 10


async def test_what_nobody_asked_for_long_is_forgotten_and_full_again(database: Database) -> None:
    assert [await ask(database, 0, key="old") for _ in range(3)] == [0, 0, 0]
    assert await ask(database, 100, key="new") == 0
    await database.write(lambda s: forget_unused(s, after(50)))
    kept = await database.read(lambda s: s.all("SELECT key FROM rate"))
    assert [row[0] for row in kept] == ["new"]
    assert await ask(database, 101, key="old") == 0
