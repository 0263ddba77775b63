"""Office time: what is promised within so many minutes counts only while somebody answers."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaiwa.merchants.hours import Hours, checked, opened
from kaiwa.merchants.office_time import office_time_after, office_time_between

SHOP = checked(
    Hours(
        {"mon": ("10:00-12:00", "13:00-18:00"), "tue": ("10:00-18:00",), "wed": ("10:00-18:00",)},
        (date(2026, 11, 24),),
    )
)
TOKYO = "Asia/Tokyo"


def at(text: str, offset: str = "+09:00") -> datetime:
    return datetime.fromisoformat(f"{text}{offset}").astimezone(UTC)


@pytest.mark.parametrize(
    ("start", "minutes", "due"),
    [
        ("2026-11-23T10:30", 30, "2026-11-23T11:00"),
        # The break at noon stands still, and so does what came before the shop opened.
        ("2026-11-23T11:45", 30, "2026-11-23T13:15"),
        ("2026-11-23T08:00", 15, "2026-11-23T10:15"),
        # Over the night, over Tuesday's holiday.
        ("2026-11-23T17:50", 15, "2026-11-25T10:05"),
        ("2026-11-24T11:00", 60, "2026-11-25T11:00"),
        # To the minute in which the shop closes.
        ("2026-11-23T17:00", 60, "2026-11-23T18:00"),
        # Two working days and more.
        ("2026-11-23T10:00", 7 * 60 + 8 * 60 + 1, "2026-11-30T10:01"),
    ],
)
def test_the_clock_stands_still_outside_office_hours(start: str, minutes: int, due: str) -> None:
    found = office_time_after(SHOP, at(start), timedelta(minutes=minutes), TOKYO)
    assert found == at(due)
    assert found.tzinfo is UTC


def test_without_hours_the_clock_never_stands_still() -> None:
    start = at("2026-11-21T23:00")
    assert office_time_after(Hours(), start, timedelta(hours=5), TOKYO) == start + timedelta(
        hours=5
    )


def test_what_cannot_be_reached_within_the_time_looked_ahead_is_not_due() -> None:
    days = Hours({"mon": ("10:00-10:01",)})
    assert office_time_after(days, at("2026-11-23T09:00"), timedelta(hours=2), TOKYO) is None


def test_the_hour_that_summer_time_gives_counts() -> None:
    # Berlin, 25 October 2026: 02:00-03:00 comes twice.
    night = Hours({"sun": ("01:00-05:00",)})
    start = at("2026-10-25T01:00", "+02:00")
    found = office_time_after(night, start, timedelta(hours=4), "Europe/Berlin")
    assert found == at("2026-10-25T04:00", "+01:00")


@given(
    st.datetimes(datetime(2026, 11, 1), datetime(2026, 11, 30), timezones=st.just(UTC)),
    st.integers(1, 3000),
    st.integers(1, 3000),
)
def test_time_adds_up_and_ends_while_the_shop_is_open(
    start: datetime, one: int, other: int
) -> None:
    def after(begin: datetime, minutes: int) -> datetime:
        found = office_time_after(SHOP, begin, timedelta(minutes=minutes), TOKYO)
        assert found is not None
        return found

    assert after(after(start, one), other) == after(start, one + other)
    assert opened(SHOP, after(start, one) - timedelta(microseconds=1), TOKYO).is_open


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-11-23T10:30", "2026-11-23T11:00", 30),
        # Asked at night and answered in the morning: the morning counts.
        ("2026-11-22T23:00", "2026-11-23T10:05", 5),
        # The break at noon; Tuesday's holiday.
        ("2026-11-23T11:45", "2026-11-23T13:15", 30),
        ("2026-11-23T17:50", "2026-11-25T10:05", 15),
        # Answered while the shop was closed, or before it was asked.
        ("2026-11-23T19:00", "2026-11-23T20:00", 0),
        ("2026-11-23T12:00", "2026-11-23T11:00", 0),
        # Ten weeks: 23 hours of each week, less the holiday's 8.
        ("2026-11-23T00:00", "2027-02-01T00:00", (10 * (7 + 8 + 8) - 8) * 60),
    ],
)
def test_only_office_time_between_two_moments_counts(start: str, end: str, minutes: int) -> None:
    found = office_time_between(SHOP, at(start), at(end), TOKYO)
    assert found == timedelta(minutes=minutes)


@given(st.integers(0, 60 * 24 * 40), st.integers(0, 60 * 24 * 40))
def test_what_is_due_after_some_office_time_has_that_much_before_it(offset: int, span: int) -> None:
    start = at("2026-11-20T00:00") + timedelta(minutes=offset)
    due = office_time_after(SHOP, start, timedelta(minutes=span), TOKYO)
    if due is not None and span:
        assert office_time_between(SHOP, start, due, TOKYO) == timedelta(minutes=span)
