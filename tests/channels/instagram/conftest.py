"""Instagram: an account, a fake platform and the way between them."""

from datetime import UTC, datetime

import pytest

from kaiwa.channels import Account
from tests.fakes.line_http import InProcessHttp
from tests.fakes.meta_platform import MetaPlatform
from tests.fakes.meta_samples import USER
from tests.fakes.meta_samples import account as account_of

NOW = datetime(2026, 11, 21, 3, 0, 0, tzinfo=UTC)


@pytest.fixture
def account() -> Account:
    return account_of("instagram")


@pytest.fixture
def platform() -> MetaPlatform:
    made = MetaPlatform("instagram", "s3cret", "t0ken", now_s=NOW.timestamp())
    made.wrote(USER)
    return made


@pytest.fixture
def http(platform: MetaPlatform) -> InProcessHttp:
    return InProcessHttp(platform)
