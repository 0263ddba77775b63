"""A point in time survives the database and the wire to the last microsecond."""

import math
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaiwa.vocabulary.time import (
    from_micros,
    from_millis,
    iso,
    optional_micros,
    parse_iso,
    to_micros,
)

zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=zones)


@given(moments)
def test_micros_and_back_is_the_same_moment(at: datetime) -> None:
    back = from_micros(to_micros(at))
    assert back == at
    assert back.tzinfo is UTC


@given(moments, moments)
def test_micros_keep_the_order(a: datetime, b: datetime) -> None:
    assert (to_micros(a) < to_micros(b)) == (a < b)


@given(st.integers(-(10**16), 10**16))
def test_every_number_of_micros_is_a_moment(micros: int) -> None:
    assert to_micros(from_micros(micros)) == micros


def test_a_time_without_a_zone_is_no_moment() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        to_micros(datetime(2026, 4, 1))


def test_an_empty_column_stays_empty() -> None:
    assert optional_micros(None) is None
    assert optional_micros(0) == datetime(1970, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("millis", "at"),
    [
        (0, datetime(1970, 1, 1, tzinfo=UTC)),
        (1_462_629_479_859, datetime(2016, 5, 7, 13, 57, 59, 859_000, UTC)),
        (-1, datetime(1969, 12, 31, 23, 59, 59, 999_000, UTC)),
        (1.5, datetime(1970, 1, 1, 0, 0, 0, 1_500, UTC)),
        (None, None),
        (True, None),
        (10**30, None),
        (-(10**18), None),
        (math.nan, None),
        (math.inf, None),
        ("12", None),
    ],
)
def test_a_providers_milliseconds(millis: float | None, at: datetime | None) -> None:
    assert from_millis(millis) == at


@given(st.datetimes(datetime(1000, 1, 2), datetime(9999, 12, 30), timezones=zones))
def test_iso_says_the_moment_in_utc_to_the_millisecond(at: datetime) -> None:
    text = iso(at)
    assert text.endswith("Z")
    assert len(text) == 24
    assert at - timedelta(milliseconds=1) < parse_iso(text) <= at


@pytest.mark.parametrize(
    ("text", "hour"),
    [("2026-04-01T09:00:00Z", 9), ("2026-04-01T18:00:00+09:00", 9), ("2026-04-01T09:00", 9)],
)
def test_iso_times_are_read_in_any_zone(text: str, hour: int) -> None:
    assert parse_iso(text) == datetime(2026, 4, 1, hour, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "yesterday", "2026-13-01", "2026-04-01T25:00"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_iso(text)
