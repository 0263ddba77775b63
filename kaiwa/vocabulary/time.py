"""Points in time are UTC `datetime`s; the database keeps them as whole microseconds."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_micros(at: datetime) -> int:
    """Whole microseconds since 1970 UTC; exact, raises ValueError for a naive time."""
    if at.tzinfo is None:
        raise ValueError("a time without a zone is not a point in time")
    return (at - _EPOCH) // _MICROSECOND


def from_micros(micros: int) -> datetime:
    """The inverse of `to_micros`."""
    # Split beforehand: `timedelta` takes its time over so many microseconds.
    seconds, left = divmod(micros, 1_000_000)
    return _EPOCH + timedelta(0, seconds, left)


def optional_micros(micros: int | None) -> datetime | None:
    """`from_micros` for a column that may be empty."""
    return None if micros is None else from_micros(micros)


def from_millis(millis: int | float | None) -> datetime | None:
    """A provider's millisecond time, or None when it is missing or out of any calendar."""
    if not isinstance(millis, int | float) or isinstance(millis, bool):
        return None
    try:
        return _EPOCH + timedelta(milliseconds=millis)
    except (OverflowError, ValueError):
        return None


def iso(at: datetime) -> str:
    """ISO 8601 with milliseconds and a `Z`, as the web protocol and exports write times."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def parse_iso(text: str) -> datetime:
    """Read an ISO 8601 time; without a zone it is taken as UTC. Raises ValueError."""
    at = datetime.fromisoformat(text)
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
