"""A Twilio account, the fake platform and the way between them."""

from datetime import UTC, datetime

import pytest

from kaiwa.channels import Account
from tests.fakes.line_http import InProcessHttp
from tests.fakes.twilio_platform import TwilioPlatform
from tests.fakes.twilio_webhooks import HOOK

NOW = datetime(2026, 11, 22, 3, 0, 0, tzinfo=UTC)
SID, TOKEN = "AC" + "0a" * 16, "an-auth-token-of-32-characters-x"
USER, OURS = "+819012345678", "+815012345678"


class Clock:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.at_s = NOW.timestamp()

    def __call__(self) -> float:
        return self.at_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def account() -> Account:
    credentials = {"account_sid": SID, "auth_token": TOKEN, "sender": OURS}
    return Account(1, credentials, "http://twilio.test", {"webhook_url": HOOK})


@pytest.fixture
def platform(clock: Clock) -> TwilioPlatform:
    return TwilioPlatform(SID, TOKEN, OURS, clock)


@pytest.fixture
def http(platform: TwilioPlatform) -> InProcessHttp:
    return InProcessHttp(platform)
