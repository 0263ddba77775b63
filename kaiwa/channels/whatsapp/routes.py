"""The way to a WhatsApp user: within 24 hours of what they wrote last, and never otherwise.

Outside the window WhatsApp carries approved templates only, which this channel does not have.
Since 2026-10 an answer inside it is paid for by the message, too.
"""

from datetime import datetime, timedelta
from typing import Final

from kaiwa.channels.contract import Route, Standing
from kaiwa.channels.whatsapp.limits import most

SERVICE: Final = "service"
_WINDOW: Final = timedelta(seconds=most("window_budget"))


def routes(standing: Standing, now: datetime) -> list[Route]:
    """The metered answer while the window is open; none to someone who blocked us."""
    if standing.blocked_at is not None or standing.quota_left == 0:
        return []
    if standing.last_inbound_at is None or now >= standing.last_inbound_at + _WINDOW:
        return []
    closes_at = standing.last_inbound_at + _WINDOW
    return [Route(SERVICE, standing.address.value, "metered", expires_at=closes_at)]
