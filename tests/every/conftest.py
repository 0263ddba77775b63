"""Every test that takes a `kind` runs once for each channel the registry finds."""

import pytest

import tests.every.samples
from kaiwa.channels import channels


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    folders = metafunc.config.getoption("--samples")
    known = tests.every.samples.__path__
    known.extend(folder for folder in folders if folder not in known)
    if "kind" in metafunc.fixturenames:
        metafunc.parametrize("kind", sorted(channels()))
