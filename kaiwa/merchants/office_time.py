"""Time that counts only while the shop answers: nights, breaks and holidays stand still."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from kaiwa.merchants.hours import Hours, spans


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
