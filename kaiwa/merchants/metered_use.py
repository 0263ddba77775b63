"""What an inbox has sent that is paid for, by the hour, and how far a month's quota goes.

It counts what we sent through the inbox: what others send by the same account is in the provider's
own `quota_left` only.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from kaiwa.engines.db import Session
from kaiwa.merchants.inbox import Inbox
from kaiwa.vocabulary.time import to_micros

_HOUR_MICROS: Final = 3_600_000_000
# Of the first hours of a month nobody can tell a pace.
_LEAST: Final = timedelta(days=1)


class Quota(msgspec.Struct, frozen=True):
    """Where an inbox stands this month.

    `left` is None when the provider told no limit; `used` is ours so far, `forecast` what it will
    be by the month's end at this pace. `runs_out_at` is set when that is before the end.
    """

    left: int | None
    used: int
    forecast: int
    runs_out_at: datetime | None = None


def note_metered(session: Session, merchant_id: int, inbox_id: int, now: datetime) -> None:
    """One message more that is paid for."""
    session.run(
        """INSERT INTO metered_use (inbox_id, hour, merchant_id, used)
        SELECT id, :hour, merchant_id, 1 FROM inbox
        WHERE id = :inbox AND merchant_id = :merchant_id
        ON CONFLICT (inbox_id, hour) DO UPDATE SET used = metered_use.used + 1""",
        inbox=inbox_id,
        hour=_hour(now),
        merchant_id=merchant_id,
    )


def quotas(
    session: Session, merchant_id: int, boxes: Sequence[Inbox], now: datetime
) -> dict[int, Quota]:
    """The month of each of these inboxes by its id; months begin in the shop's time zone."""
    shop = session.one("SELECT timezone FROM merchant WHERE id = :id", id=merchant_id)
    if shop is None:
        return {}
    begun, ends = month_of(now, shop[0])
    rows = session.all(
        """SELECT inbox_id, sum(used) FROM metered_use
        WHERE merchant_id = :merchant_id AND hour >= :first GROUP BY inbox_id""",
        merchant_id=merchant_id,
        first=_hour(begun),
    )
    used: Mapping[int, int] = {row[0]: int(row[1]) for row in rows}
    return {
        box.id: forecast(box.quota_left, used.get(box.id, 0), (begun, now, ends)) for box in boxes
    }


def forecast(left: int | None, used: int, times: tuple[datetime, datetime, datetime]) -> Quota:
    """The month as it goes on at the present pace; `times` are its begin, now and its end."""
    begun, now, ends = times
    elapsed = max(now - begun, _LEAST)
    ahead = used * ((ends - now) / elapsed)
    runs_out_at = None
    if left is not None and left < ahead:
        runs_out_at = now + elapsed * (left / used)
    return Quota(left, used, used + round(ahead), runs_out_at)


def month_of(now: datetime, timezone: str) -> tuple[datetime, datetime]:
    """When the month of this moment began and when it ends, in that time zone."""
    here = now.astimezone(ZoneInfo(timezone))
    begun = here.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    after = (begun + timedelta(days=32)).replace(day=1)
    return begun.astimezone(now.tzinfo), after.astimezone(now.tzinfo)


def _hour(at: datetime) -> int:
    return to_micros(at) // _HOUR_MICROS
