"""A LINE account, a fake platform and the way between them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from kaiwa.channels import Account
from tests.fakes.line_http import InProcessHttp
from tests.fakes.line_platform import LinePlatform

RECORDINGS = Path(__file__).parents[2] / "recordings" / "line"
NOW = datetime(2026, 11, 21, 3, 0, 0, tzinfo=UTC)
USER = "U" + "1a" * 16


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "line_fixture" in metafunc.fixturenames:
        folders = metafunc.config.getoption("--line-fixtures")
        metafunc.parametrize("line_fixture", [Path(folder) / "webhook.json" for folder in folders])


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test without the folder it needs does not exist; it is not skipped."""
    if not config.getoption("--line-fixtures"):
        items[:] = [item for item in items if "line_fixture" not in _needs(item)]


def _needs(item: pytest.Item) -> list[str]:
    return list(getattr(item, "fixturenames", []))


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def account() -> Account:
    credentials = {"channel_secret": "s3cret", "channel_access_token": "t0ken"}
    return Account(1, credentials, api_base="http://line.test")


@pytest.fixture
def platform() -> LinePlatform:
    made = LinePlatform("s3cret", "t0ken")
    made.fixed_now_s = NOW.timestamp()
    return made


@pytest.fixture
def http(platform: LinePlatform) -> InProcessHttp:
    return InProcessHttp(platform)
