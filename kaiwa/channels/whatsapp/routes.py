"""The way to a WhatsApp user: within 24 hours of what they wrote last, and else by a template.

Outside the window WhatsApp carries approved templates only; each is paid for by its category's
price. Since 2026-10 an answer inside it is paid for by the message, too.
"""

from datetime import datetime, timedelta
from typing import Final

from kaiwa.channels.contract import Route, Standing
from kaiwa.channels.whatsapp.limits import most

NUMBER: Final = "whatsapp_number"
SERVICE: Final = "service"
TEMPLATE: Final = "template"
_WINDOW: Final = timedelta(seconds=most("window_budget"))


def routes(standing: Standing, now: datetime) -> list[Route]:
    """The metered answer while the window is open, a template always; none to who blocked us."""
    if standing.blocked_at is not None or standing.quota_left == 0:
        return []
    to = standing.address.value
    if standing.template == "authentication" and standing.address.kind != NUMBER:
        # Meta sends one-time codes to numbers, and to no id of its own (131062).
        return []
    if standing.template is not None:
        return [Route(TEMPLATE, to, "metered", cost_class=standing.template)]
    if standing.last_inbound_at is None or now >= standing.last_inbound_at + _WINDOW:
        return []
    closes_at = standing.last_inbound_at + _WINDOW
    return [Route(SERVICE, to, "metered", expires_at=closes_at)]
