"""A Vonage account, the fake platform and the way between them."""

from datetime import UTC, datetime

import pytest

from kaiwa.channels import Account
from tests.fakes.line_http import InProcessHttp
from tests.fakes.vonage_platform import VonagePlatform
from tests.fakes.vonage_webhooks import VonageWebhooks

NOW = datetime(2026, 11, 22, 3, 0, 0, tzinfo=UTC)
HOOK = "https://shop.example/webhooks/sms_vonage/key"
KEY, SECRET, SIGNED_BY = "abcd1234", "s3cret", "a-signature-secret-of-32-letters"
USER, OURS = "+819012345678", "815012345678"


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
    credentials = {
        "api_key": KEY,
        "api_secret": SECRET,
        "signature_secret": SIGNED_BY,
        "sender": f"+{OURS}",
    }
    return Account(1, credentials, "http://vonage.test", {"webhook_url": HOOK})


@pytest.fixture
def platform(clock: Clock) -> VonagePlatform:
    return VonagePlatform(VonageWebhooks(SIGNED_BY, KEY, OURS, clock), SECRET)


@pytest.fixture
def http(platform: VonagePlatform) -> InProcessHttp:
    return InProcessHttp(platform)
