"""What is written is what is read, on both databases, whatever is in it."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from kaiwa.engines.db import Database
from kaiwa.vocabulary.time import to_micros
from tests.databases import rows, table

MOMENT = datetime(2026, 3, 1, 12, 34, 56, 789012, UTC)


@pytest.mark.parametrize(
    ("column", "given", "kept"),
    [
        ("TEXT", "plain", "plain"),
        ("TEXT", "", ""),
        ("TEXT", "さっきの青いほう、２番目の🧥 e\u0301", "さっきの青いほう、２番目の🧥 e\u0301"),
        (
            "TEXT",
            "100% :x %s %(x)s ? 'quoted' \"twice\" \\",
            "100% :x %s %(x)s ? 'quoted' \"twice\" \\",
        ),
        ("TEXT", "x" * 1_000_000, "x" * 1_000_000),
        ("TEXT", None, None),
        ("BIGINT", 0, 0),
        ("BIGINT", -(2**63), -(2**63)),
        ("BIGINT", 2**63 - 1, 2**63 - 1),
        ("BIGINT", MOMENT, to_micros(MOMENT)),
        ("BIGINT", MOMENT.astimezone(timezone(timedelta(hours=9))), to_micros(MOMENT)),
        ("BIGINT", datetime(1, 1, 1, tzinfo=UTC), to_micros(datetime(1, 1, 1, tzinfo=UTC))),
        ("BIGINT", None, None),
        ("REAL8", 0.1, 0.1),
        ("REAL8", -1e300, -1e300),
        ("BYTES", b"", b""),
        ("BYTES", bytes(range(256)), bytes(range(256))),
        ("BYTES", None, None),
    ],
)
async def test_what_is_written_is_what_is_read(
    database: Database, column: str, given: Any, kept: Any
) -> None:
    await database.write(lambda s: table(s, f"value {column}"))
    assert await database.write(lambda s: s.run("INSERT INTO probe VALUES (:v)", v=given)) == 1
    assert await database.read(rows) == [(kept,)]
    found = await database.read(
        lambda s: s.all("SELECT value FROM probe WHERE value = :v", v=given)
    )
    assert len(found) == (0 if given is None else 1)


async def test_many_rows_take_the_same_parameters_as_one(database: Database) -> None:
    given: list[dict[str, Any]] = [
        {"id": 1, "at": MOMENT, "b": b"\x00"},
        {"id": 2, "at": None, "b": None},
    ]
    await database.write(lambda s: table(s, "id BIGINT, at BIGINT, b BYTES"))
    await database.write(lambda s: s.many("INSERT INTO probe VALUES (:id, :at, :b)", given))
    assert await database.read(rows) == [(1, to_micros(MOMENT), b"\x00"), (2, None, None)]


async def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    await database.write(lambda s: table(s, "at BIGINT"))
    with pytest.raises(Exception, match="without a zone|not supported|binding parameter"):
        await database.write(
            lambda s: s.run("INSERT INTO probe VALUES (:at)", at=MOMENT.replace(tzinfo=None))
        )
    assert await database.read(rows) == []


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT '100%' || :x", "100%1"),
        ("SELECT '%s %(x)s %%' || :x", "%s %(x)s %%1"),
        ("SELECT ':x :y' || :x", ":x :y1"),
        ("SELECT 'it''s :x' || :x", "it's :x1"),
        ("SELECT '12:30:x' || :x -- not :y, and 5 %\n", "12:30:x1"),
        ('SELECT ":x%" FROM (SELECT :x AS ":x%") AS t', "1"),
        ("SELECT :x || :x", "11"),
        ("SELECT CAST(:x AS text) || '😀'", "1😀"),
    ],
)
async def test_literals_are_left_alone(database: Database, sql: str, expected: str) -> None:
    row = await database.read(lambda s: s.one(sql, x="1"))
    assert row is not None
    assert row[0] == expected


async def test_a_literal_needs_no_parameters(database: Database) -> None:
    assert await database.read(lambda s: s.one("SELECT '50% :off'")) == ("50% :off",)


async def test_one_gives_none_when_there_is_nothing_and_the_first_of_several(
    database: Database,
) -> None:
    await database.write(lambda s: table(s, "id BIGINT"))
    assert await database.read(lambda s: s.one("SELECT id FROM probe")) is None
    await database.write(lambda s: s.many("INSERT INTO probe VALUES (:id)", [{"id": 2}, {"id": 1}]))
    assert await database.read(lambda s: s.one("SELECT id FROM probe ORDER BY id")) == (1,)


async def test_run_counts_the_rows_it_touched(database: Database) -> None:
    await database.write(lambda s: table(s, "id BIGINT"))
    await database.write(
        lambda s: s.many("INSERT INTO probe VALUES (:id)", [{"id": n} for n in range(5)])
    )
    assert await database.write(lambda s: s.run("DELETE FROM probe WHERE id < :n", n=3)) == 3


async def test_returning_gives_every_row_and_takes_effect_on_all(database: Database) -> None:
    await database.write(lambda s: table(s, "id BIGINT, n BIGINT"))
    await database.write(
        lambda s: s.many("INSERT INTO probe VALUES (:id, 0)", [{"id": n} for n in range(3)])
    )
    first = await database.write(lambda s: s.one("UPDATE probe SET n = 1 RETURNING id"))
    assert first is not None
    assert await database.read(rows) == [(0, 1), (1, 1), (2, 1)]
