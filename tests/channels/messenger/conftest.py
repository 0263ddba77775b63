"""Messenger: an account, a fake platform and the way between them."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kaiwa.channels import Account
from tests.fakes.line_http import InProcessHttp
from tests.fakes.meta_platform import MetaPlatform
from tests.fakes.meta_samples import USER
from tests.fakes.meta_samples import account as account_of

NOW = datetime(2026, 11, 21, 3, 0, 0, tzinfo=UTC)


@pytest.fixture
def account() -> Account:
    return account_of("messenger")


@pytest.fixture
def platform() -> MetaPlatform:
    made = MetaPlatform("messenger", "s3cret", "t0ken", now_s=NOW.timestamp())
    made.wrote(USER)
    return made


@pytest.fixture
def http(platform: MetaPlatform) -> InProcessHttp:
    return InProcessHttp(platform)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "meta_fixture" in metafunc.fixturenames:
        folders = metafunc.config.getoption("--meta-fixtures")
        files = [file for folder in folders for file in Path(folder).rglob("*.json")]
        found = [one for file in files for one in calls(file)]
        metafunc.parametrize("meta_fixture", [pytest.param(one, id=name) for name, one in found])


def calls(file: Path) -> list[tuple[str, dict[str, Any]]]:
    """Every webhook call of either face anywhere in the file, by the names that lead to it."""
    found: list[tuple[str, dict[str, Any]]] = []

    def look(name: str, value: Any) -> None:
        if isinstance(value, list):
            for at, inner in enumerate(value):
                look(f"{name}-{at}", inner)
        elif isinstance(value, dict) and value.get("object") in ("page", "instagram"):
            found.append((name, value))
        elif isinstance(value, dict):
            for key, inner in value.items():
                look(f"{name}-{key}", inner)

    look(file.stem, json.loads(file.read_text("utf-8")))
    return found


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test without the folder it needs does not exist; it is not skipped."""
    if not config.getoption("--meta-fixtures"):
        items[:] = [item for item in items if "meta_fixture" not in _needs(item)]


def _needs(item: pytest.Item) -> list[str]:
    return list(getattr(item, "fixturenames", []))
