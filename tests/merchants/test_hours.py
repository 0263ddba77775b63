"""When people answer: breaks, nights, days off, and the change of the clocks."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaiwa.merchants.hours import WEEKDAYS, Hours, checked, opened
from kaiwa.vocabulary.errors import Invalid

SHOP = checked(
    Hours(
        {
            "mon": ("13:00-18:00", "10:00-12:00"),
            "tue": ("10:00-18:00",),
            "fri": ("22:00-24:00",),
            "sat": ("00:00-02:00",),
        },
        (date(2026, 11, 24),),
    )
)


def at(text: str) -> datetime:
    """A local time in Tokyo as a point in time."""
    return datetime.fromisoformat(f"{text}+09:00").astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "is_open", "until", "again"),
    [
        # Monday: the break at noon ends nothing; Tuesday the 24th is a holiday.
        ("2026-11-23T11:00", True, "2026-11-23T18:00", "2026-11-27T22:00"),
        ("2026-11-23T12:30", False, None, "2026-11-23T13:00"),
        ("2026-11-23T18:00", False, None, "2026-11-27T22:00"),
        ("2026-11-24T11:00", False, None, "2026-11-27T22:00"),
        # Friday night goes on into Saturday.
        ("2026-11-27T23:00", True, "2026-11-28T02:00", "2026-11-30T10:00"),
        ("2026-11-28T01:59", True, "2026-11-28T02:00", "2026-11-30T10:00"),
        ("2026-11-28T02:00", False, None, "2026-11-30T10:00"),
    ],
)
def test_open_until_and_again_from(
    now: str, is_open: bool, until: str | None, again: str | None
) -> None:
    found = opened(SHOP, at(now), "Asia/Tokyo")
    assert found.is_open == is_open
    assert found.until == (at(until) if until else None)
    assert found.again == (at(again) if again else None)


def test_public_holidays_are_days_off_where_the_shop_says_so() -> None:
    # Monday, 23 November 2026 is 勤労感謝の日.
    weekly = Hours({"mon": ("10:00-18:00",), "tue": ("10:00-18:00",)})
    assert opened(checked(weekly), at("2026-11-23T11:00"), "Asia/Tokyo").is_open
    closed = checked(Hours(weekly.weekly, (date(2026, 11, 24),), public_holidays=True))
    found = opened(closed, at("2026-11-23T11:00"), "Asia/Tokyo")
    assert (found.is_open, found.again) == (False, at("2026-11-30T10:00"))
    assert closed.next_working(date(2026, 11, 23)) == date(2026, 11, 25)
    assert closed.next_working(date(2026, 11, 22)) == date(2026, 11, 22)


def test_always_open_has_no_end_and_always_closed_no_beginning() -> None:
    always = checked(Hours(dict.fromkeys(WEEKDAYS, ("00:00-24:00",))))
    found = opened(always, at("2026-11-23T11:00"), "Asia/Tokyo")
    assert (found.is_open, found.until, found.again) == (True, None, None)
    never = opened(Hours(), at("2026-11-23T11:00"), "Asia/Tokyo")
    assert (never.is_open, never.again, Hours().are_told) == (False, None, False)


def test_hours_are_the_shops_own_whatever_the_clocks_do() -> None:
    hours = checked(Hours({"sun": ("09:00-17:00",)}))
    # On 29 March 2026 Berlin's clocks go forward: 9:00 there is 7:00 UTC instead of 8:00.
    found = opened(hours, datetime(2026, 3, 29, 7, 30, tzinfo=UTC), "Europe/Berlin")
    assert found.is_open
    assert found.until is not None
    assert found.until.astimezone(UTC) == datetime(2026, 3, 29, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    "spans",
    [("10:00",), ("25:00-26:00",), ("18:00-10:00",), ("10:00-10:00",), ("24:00-24:00",), ("",)]
    + [("10:00-12:00", "11:00-13:00"), ("1:00-2:00",), ("00:00-24:30",), ("10:00-11:00",) * 7],
)
def test_what_is_no_span_is_refused(spans: tuple[str, ...]) -> None:
    with pytest.raises(Invalid):
        checked(Hours({"mon": spans}))


SPANS = st.lists(st.integers(0, 24), min_size=2, max_size=6, unique=True).map(
    lambda hours: tuple(
        f"{a:02}:00-{b:02}:00"
        for a, b in zip(*[iter(sorted(hours)[: len(hours) // 2 * 2])] * 2, strict=True)
    )
)


@given(st.dictionaries(st.sampled_from(WEEKDAYS), SPANS), st.integers(0, 14 * 24))
def test_the_next_opening_is_open_and_nothing_before_it_is(weekly, hour) -> None:
    hours = checked(Hours(weekly))
    now = at("2026-11-23T00:30") + timedelta(hours=hour)
    found = opened(hours, now, "Asia/Tokyo")
    if found.is_open or found.again is None:
        assert found.is_open or not any(weekly.values())
        return
    assert opened(hours, found.again, "Asia/Tokyo").is_open
    step = now
    while step < found.again:
        assert not opened(hours, step, "Asia/Tokyo").is_open
        step += timedelta(hours=1)
