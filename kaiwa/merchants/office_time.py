"""Time that counts only while the shop answers: nights, breaks and holidays stand still."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kaiwa.merchants.hours import LOOKED_AHEAD, Hours, spans


def office_time_after(
    hours: Hours, start: datetime, span: timedelta, timezone: str
) -> datetime | None:
    """When `span` of office time has passed since `start`, by the hours in force now; UTC.

    Hours that are not told never stop. None when the shop is not open for so long within the
    time that is looked ahead.
    """
    if not hours.are_told:
        return start + span
    zone = ZoneInfo(timezone)
    left = span
    for begins, ends in spans(hours, start.astimezone(zone).date(), zone):
        # Differences of local times would miss the hour that summer time takes or gives.
        begin, end = max(begins.astimezone(UTC), start), ends.astimezone(UTC)
        if end <= begin:
            continue
        if begin + left <= end:
            return begin + left
        left -= end - begin
    return None


def office_time_between(hours: Hours, start: datetime, end: datetime, timezone: str) -> timedelta:
    """How much office time there is from `start` to `end`, by the hours in force now.

    Hours that are not told never stop; an end before the start is none.
    """
    if not hours.are_told:
        return max(end - start, timedelta())
    zone = ZoneInfo(timezone)
    counted, at = timedelta(), start
    while at < end:
        first = at.astimezone(zone).date()
        for begins, ends in spans(hours, first, zone):
            begin, until = max(begins.astimezone(UTC), at), min(ends.astimezone(UTC), end)
            if begin < until:
                counted, at = counted + (until - begin), until
        beyond = datetime.combine(first + timedelta(days=LOOKED_AHEAD + 1), time(), zone)
        at = max(at, beyond.astimezone(UTC))
    return counted
