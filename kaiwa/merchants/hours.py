"""When people answer: the spans of each weekday, and the days on which nobody does.

All of it is local time at the shop. A span ends at 24:00 at the latest; one that goes on after
midnight is written on both days, and is one span here.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final, Literal, TypeAlias
from zoneinfo import ZoneInfo

import msgspec

from kaiwa.merchants.public_holidays import is_public_holiday
from kaiwa.vocabulary.errors import Invalid

Weekday: TypeAlias = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

WEEKDAYS: Final[tuple[Weekday, ...]] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOST_SPANS: Final = 6
MOST_HOLIDAYS: Final = 200
LOOKED_AHEAD: Final = 60
_SPAN: Final = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-(?:([01]\d|2[0-3]):([0-5]\d)|(24):(00))")


class Hours(msgspec.Struct, frozen=True):
    """`weekly` has spans such as "10:00-18:00" by weekday; no weekday at all: not told.

    `holidays` are the shop's own days off; with `public_holidays` those of Japan are too.
    """

    weekly: dict[Weekday, tuple[str, ...]] = {}
    holidays: tuple[date, ...] = ()
    public_holidays: bool = False

    @property
    def are_told(self) -> bool:
        """Whether the shop says when it answers."""
        return any(self.weekly.values())

    def is_off(self, day: date) -> bool:
        """Whether it is a day off, whatever its weekday."""
        return day in self.holidays or (self.public_holidays and is_public_holiday(day))

    def next_working(self, day: date) -> date:
        """The day itself, or the first one behind it that is no day off."""
        while self.is_off(day):
            day += timedelta(days=1)
        return day


class Opened(msgspec.Struct, frozen=True):
    """Whether somebody answers now, until when today, and from when again; local times.

    `until` is None where no end is in sight, `again` None when closed for as far as is looked.
    """

    now: datetime
    is_open: bool
    until: datetime | None = None
    again: datetime | None = None


def opened(hours: Hours, at: datetime, timezone: str) -> Opened:
    """How it stands at a moment. Only for hours that are told."""
    zone = ZoneInfo(timezone)
    now = at.astimezone(zone)
    ahead = list(spans(hours, now.date(), zone))
    current = next((end for begin, end in ahead if begin <= now < end), None)
    if current is None:
        return Opened(now, False, None, next((begin for begin, _ in ahead if begin > now), None))
    # A break at noon is not the end of the day.
    today = [end for begin, end in ahead if begin.date() == now.date() and end > now]
    until = max(current, *today) if today else current
    if (until - now).days >= LOOKED_AHEAD - 1:
        return Opened(now, True)
    return Opened(now, True, until, next((begin for begin, _ in ahead if begin >= until), None))


def checked(hours: Hours) -> Hours:
    """The hours in order; `Invalid` names what cannot be."""
    weekly: dict[Weekday, tuple[str, ...]] = {}
    for weekday, spans in hours.weekly.items():
        if len(spans) > MOST_SPANS:
            raise Invalid(f"A day has at most {MOST_SPANS} spans.", field="hours", reason="hours")
        ordered = sorted((_minutes(one), one) for one in spans)
        for ((_, end), _), ((begin, _), later) in zip(ordered, ordered[1:], strict=False):
            if begin < end:
                raise Invalid(
                    f"{later} begins before the one before ends.", field="hours", reason="hours"
                )
        if ordered:
            weekly[weekday] = tuple(one for _, one in ordered)
    if len(hours.holidays) > MOST_HOLIDAYS:
        raise Invalid(
            f"At most {MOST_HOLIDAYS} holidays are kept.", field="holidays", reason="hours"
        )
    return Hours(weekly, tuple(sorted(set(hours.holidays))), hours.public_holidays)


def _minutes(span: str) -> tuple[int, int]:
    found = _SPAN.fullmatch(span)
    if found is None:
        raise Invalid(
            f"{span!r} is no span. Write it as 10:00-18:00.", field="hours", reason="hours"
        )
    hours, minutes, *ends = [int(one) for one in found.groups() if one is not None]
    begin, end = hours * 60 + minutes, ends[0] * 60 + ends[1]
    if end <= begin:
        raise Invalid(
            f"{span} ends before it begins. After midnight belongs to the next day:"
            " 22:00-24:00, and 00:00-02:00 on the day after.",
            field="hours",
            reason="hours",
        )
    return begin, end


def spans(hours: Hours, today: date, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    """The spans from yesterday's on, those that touch joined."""
    waiting: tuple[datetime, datetime] | None = None
    for ahead in range(-1, LOOKED_AHEAD + 1):
        day = today + timedelta(days=ahead)
        if hours.is_off(day):
            continue
        for span in hours.weekly.get(WEEKDAYS[day.weekday()], ()):
            begin, end = (_moment(day, minutes, zone) for minutes in _minutes(span))
            if waiting is not None and waiting[1] == begin:
                waiting = (waiting[0], end)
                continue
            if waiting is not None:
                yield waiting
            waiting = (begin, end)
    if waiting is not None:
        yield waiting


def _moment(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    if minutes == 24 * 60:
        day, minutes = day + timedelta(days=1), 0
    return datetime.combine(day, time(minutes // 60, minutes % 60), zone)
