"""The way to somebody on Messenger or Instagram: a day after they wrote, for a person a week.

After the day Meta carries what a human agent writes, under a tag for people only; bots and
campaigns never get it (the other tags are gone since 2026). After the week there is no way.
"""

from datetime import datetime, timedelta
from typing import Final

from kaiwa.channels.contract import Route, Standing
from kaiwa.channels.meta.limits import most

RESPONSE: Final = "response"
HUMAN_AGENT: Final = "human_agent"


def routes(standing: Standing, now: datetime, kind: str) -> list[Route]:
    """The free answer while its window is open; none to someone who blocked us."""
    if standing.blocked_at is not None or standing.quota_left == 0:
        return []
    if standing.last_inbound_at is None:
        return []
    to, wrote_at = standing.address.value, standing.last_inbound_at
    closes_at = wrote_at + _counted_on(kind, "window")
    if now < closes_at:
        return [Route(RESPONSE, to, expires_at=closes_at)]
    closes_at = wrote_at + _counted_on(kind, "human_window")
    if standing.by_person and now < closes_at:
        return [Route(HUMAN_AGENT, to, expires_at=closes_at)]
    return []


def _counted_on(kind: str, name: str) -> timedelta:
    return timedelta(seconds=most(kind, name) - most(kind, "margin"))
