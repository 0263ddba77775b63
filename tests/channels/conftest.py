"""Where the platforms' own descriptions are, when somebody has them: `--channel-data DIR`."""

from pathlib import Path

import pytest


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "official" in metafunc.fixturenames:
        folders = metafunc.config.getoption("--channel-data")
        metafunc.parametrize("official", [Path(folder) for folder in folders])


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test without the folder it needs does not exist; it is not skipped."""
    if not config.getoption("--channel-data"):
        items[:] = [item for item in items if "official" not in getattr(item, "fixturenames", ())]
