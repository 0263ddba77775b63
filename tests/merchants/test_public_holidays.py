"""Japan's public holidays are those that the Cabinet Office lists."""

from datetime import date, timedelta

import pytest

from kaiwa.merchants.public_holidays import is_public_holiday, public_holidays

# 内閣府「国民の祝日」について; 休日 are substitutes and days between two.
LISTED = {
    2022: "1/1 1/10 2/11 2/23 3/21 4/29 5/3 5/4 5/5 7/18 8/11 9/19 9/23 10/10 11/3 11/23",
    2023: "1/1 1/2 1/9 2/11 2/23 3/21 4/29 5/3 5/4 5/5 7/17 8/11 9/18 9/23 10/9 11/3 11/23",
    2024: (
        "1/1 1/8 2/11 2/12 2/23 3/20 4/29 5/3 5/4 5/5 5/6 7/15 8/11 8/12 9/16 9/22 9/23 10/14 "
        "11/3 11/4 11/23"
    ),
    2025: (
        "1/1 1/13 2/11 2/23 2/24 3/20 4/29 5/3 5/4 5/5 5/6 7/21 8/11 9/15 9/23 10/13 11/3 11/23 "
        "11/24"
    ),
    2026: "1/1 1/12 2/11 2/23 3/20 4/29 5/3 5/4 5/5 5/6 7/20 8/11 9/21 9/22 9/23 10/12 11/3 11/23",
    2027: "1/1 1/11 2/11 2/23 3/21 3/22 4/29 5/3 5/4 5/5 7/19 8/11 9/20 9/23 10/11 11/3 11/23",
}


@pytest.mark.parametrize("year", LISTED)
def test_a_year_has_the_holidays_that_were_announced(year: int) -> None:
    days = [tuple(map(int, one.split("/"))) for one in LISTED[year].split()]
    assert sorted(public_holidays(year)) == [date(year, month, day) for month, day in days]


@pytest.mark.parametrize("year", range(2022, 2100))
def test_a_holiday_on_a_sunday_is_followed_by_a_free_weekday(year: int) -> None:
    for day in public_holidays(year):
        if day.weekday() == 6:
            later = day
            while is_public_holiday(later):
                later += timedelta(days=1)
            assert later - day > timedelta(days=1)


def test_a_day_without_a_name_is_none() -> None:
    assert not is_public_holiday(date(2026, 12, 31))
    assert not is_public_holiday(date(2027, 5, 6))
