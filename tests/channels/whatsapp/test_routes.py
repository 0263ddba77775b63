"""A day after the customer's last word, and not a moment longer."""

from datetime import timedelta

import pytest

from kaiwa.channels import Route, Standing
from kaiwa.channels.whatsapp import CHANNEL
from kaiwa.vocabulary.address import Address
from tests.channels.whatsapp.conftest import NOW, USER

TO = Address(1, "whatsapp_user", USER)


@pytest.mark.parametrize(
    ("ago_s", "open_"), [(0, True), (86_339, True), (86_340, False), (90_000, False)]
)
def test_the_window_closes_a_minute_before_whatsapps(ago_s: int, open_: bool) -> None:
    spoke_at = NOW - timedelta(seconds=ago_s)
    expected = Route("service", USER, "metered", expires_at=spoke_at + timedelta(seconds=86_340))
    found = CHANNEL.routes(Standing(TO, last_inbound_at=spoke_at), NOW)
    assert found == ([expected] if open_ else [])


def test_who_never_wrote_or_blocked_us_is_left_alone() -> None:
    assert CHANNEL.routes(Standing(TO), NOW) == []
    assert CHANNEL.routes(Standing(TO, last_inbound_at=NOW, blocked_at=NOW), NOW) == []
    assert CHANNEL.routes(Standing(TO, last_inbound_at=NOW, quota_left=0), NOW) == []
