"""A WhatsApp number, a fake platform and the way between them."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kaiwa.channels import Account
from tests.fakes.line_http import InProcessHttp
from tests.fakes.whatsapp_platform import WhatsAppPlatform
from tests.fakes.whatsapp_webhooks import ACCOUNT_ID, NUMBER_ID

NOW = datetime(2026, 11, 21, 3, 0, 0, tzinfo=UTC)
USER = "JP.13491208655302741918"
NUMBER = "819012345678"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "whatsapp_fixture" in metafunc.fixturenames:
        folders = metafunc.config.getoption("--whatsapp-fixtures")
        found = [
            one for folder in folders for file in Path(folder).glob("*.json") for one in calls(file)
        ]
        metafunc.parametrize(
            "whatsapp_fixture", [pytest.param(*one[1:], id=one[0]) for one in found]
        )


def calls(file: Path) -> list[tuple[str, dict[str, Any]]]:
    """Every webhook call anywhere in the file, by the names that lead to it."""
    found: list[tuple[str, dict[str, Any]]] = []

    def look(name: str, value: Any) -> None:
        if not isinstance(value, dict):
            return
        if "entry" in value and "object" in value:
            found.append((name, value))
            return
        for key, inner in value.items():
            look(f"{name}-{key}", inner)

    look(file.stem, json.loads(file.read_text("utf-8")))
    return found


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test without the folder it needs does not exist; it is not skipped."""
    if not config.getoption("--whatsapp-fixtures"):
        items[:] = [item for item in items if "whatsapp_fixture" not in _needs(item)]


def _needs(item: pytest.Item) -> list[str]:
    return list(getattr(item, "fixturenames", []))


@pytest.fixture
def account() -> Account:
    return Account(
        1,
        {
            "access_token": "t0ken",
            "app_secret": "old, s3cret",
            "verify_token": "a-token-of-our-own",
            "phone_number_id": NUMBER_ID,
            "business_account_id": ACCOUNT_ID,
        },
        api_base="http://whatsapp.test",
    )


@pytest.fixture
def platform() -> WhatsAppPlatform:
    made = WhatsAppPlatform("s3cret", "t0ken", now_s=NOW.timestamp())
    made.wrote(USER)
    made.wrote(NUMBER)
    return made


@pytest.fixture
def http(platform: WhatsAppPlatform) -> InProcessHttp:
    return InProcessHttp(platform)
