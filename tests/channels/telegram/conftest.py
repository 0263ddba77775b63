"""A bot's account, the fake platform and the way between them."""

from datetime import UTC, datetime

import pytest

from kaiwa.channels import Account
from tests.fakes.line_http import InProcessHttp
from tests.fakes.telegram_platform import TelegramPlatform

NOW = datetime(2026, 11, 22, 3, 0, 0, tzinfo=UTC)
TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
SECRET = "a-secret-of-our-own"
USER = 5_501_234_567


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
    credentials = {"bot_token": TOKEN, "webhook_secret": SECRET}
    return Account(1, credentials, api_base="http://telegram.test")


@pytest.fixture
def platform(clock: Clock) -> TelegramPlatform:
    made = TelegramPlatform(TOKEN, clock)
    made.begins(USER)
    return made


@pytest.fixture
def http(platform: TelegramPlatform) -> InProcessHttp:
    return InProcessHttp(platform)
