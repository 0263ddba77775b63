"""The way to a phone: at any time, paid for, until its owner wrote STOP."""

from typing import Final

from kaiwa.channels.contract import Route, Standing
from kaiwa.channels.sms.numbers import is_e164

SMS: Final = "sms"


def routes(standing: Standing) -> list[Route]:
    """Metered; none to who opted out, nor to what is no number (a sender's name, a short code)."""
    to = standing.address.value
    if standing.blocked_at is not None or standing.quota_left == 0 or not is_e164(to):
        return []
    return [Route(SMS, to, "metered")]
