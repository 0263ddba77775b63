"""Japan's public holidays of any year, by 国民の祝日に関する法律 (Act No. 178 of 1948).

The law of 2022 and later is followed: the Games moved days in 2020 and 2021. Of the two equinoxes
the law only says that they are days off; the formulas name the day that the government announces
a year before, and hold from 1980 to 2099.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

_FIXED: Final = (
    (1, 1),  # 元日
    (2, 11),  # 建国記念の日
    (2, 23),  # 天皇誕生日
    (4, 29),  # 昭和の日
    (5, 3),  # 憲法記念日
    (5, 4),  # みどりの日
    (5, 5),  # こどもの日
    (8, 11),  # 山の日
    (11, 3),  # 文化の日
    (11, 23),  # 勤労感謝の日
)
# Month, and which of its Mondays: 成人の日, 海の日, 敬老の日, スポーツの日.
_MONDAYS: Final = ((1, 2), (7, 3), (9, 3), (10, 2))
_SUNDAY: Final = 6
# 春分の日 and 秋分の日: the month, and the day of 1980 with its part.
_EQUINOXES: Final = ((3, 20.8431), (9, 23.2488))
_SOLAR_SHIFT: Final = 0.242194  # of a day, by which the sun is later each year
ONE_DAY: Final = timedelta(days=1)


def is_public_holiday(day: date) -> bool:
    """Whether it is a holiday in Japan: one that is named, a substitute, or one between two."""
    return day in public_holidays(day.year)


@lru_cache(maxsize=64)
def public_holidays(year: int) -> frozenset[date]:
    """The public holidays of a year, from 2022 on."""
    named = frozenset(_named(year))
    # Article 3 (2): for one on a Sunday, the next day that is none itself. Article 3 (3): a day
    # between two named ones.
    substitutes = {_substitute(day, named) for day in named if day.weekday() == _SUNDAY}
    between = {
        day + ONE_DAY for day in named if day + 2 * ONE_DAY in named and day + ONE_DAY not in named
    }
    return named | substitutes | between


def _named(year: int) -> Iterator[date]:
    for month, day in _FIXED:
        yield date(year, month, day)
    for month, which in _MONDAYS:
        first = date(year, month, 1)
        yield first + timedelta(days=-first.weekday() % 7 + 7 * (which - 1))
    for month, first_day in _EQUINOXES:
        since = year - 1980
        yield date(year, month, int(first_day + _SOLAR_SHIFT * since) - since // 4)


def _substitute(day: date, named: frozenset[date]) -> date:
    while day in named:
        day += ONE_DAY
    return day
