"""The days to choose from, as weeks that begin on Sunday."""

from datetime import date, timedelta

import msgspec

from kaiwa.orders.shipping import Option

_WEEK = 7


class Day(msgspec.Struct, frozen=True):
    """One cell: whether it can be chosen, is the first that can, begins a month."""

    day: date
    open: bool
    first: bool
    begins_month: bool


def weeks(option: Option, today: date) -> list[list[Day]]:
    """Whole weeks from the one of the first possible day (or tomorrow) to the last."""
    begin = min(today + timedelta(days=1), option.first_day)
    begin = max(begin, option.first_day - timedelta(days=_WEEK - 1))
    sunday = begin - timedelta(days=(begin.weekday() + 1) % _WEEK)
    count = (option.last_day - sunday).days // _WEEK + 1
    return [
        [_day(sunday + timedelta(days=week * _WEEK + place), option) for place in range(_WEEK)]
        for week in range(count)
    ]


def _day(day: date, option: Option) -> Day:
    return Day(
        day,
        option.first_day <= day <= option.last_day,
        day == option.first_day,
        day.day == 1,
    )
