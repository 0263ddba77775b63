"""The ways to a LINE user now: the free reply token while it lives, else a metered push."""

from datetime import datetime

from kaiwa.channels.contract import Route, Standing
from kaiwa.channels.line.render import PUSH, REPLY_ROUTE


def routes(standing: Standing, now: datetime) -> list[Route]:
    """Legal routes, best first; none to someone who blocked the account."""
    if standing.blocked_at is not None:
        return []
    to = standing.address.value
    found = [
        Route(REPLY_ROUTE, to, "free", handle, handle.expires_at)
        for handle in standing.handles
        if handle.expires_at > now
    ]
    if standing.quota_left is None or standing.quota_left > 0:
        found.append(Route(PUSH, to, "metered"))
    return found
