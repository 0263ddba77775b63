"""What every test may count on: async tests run on asyncio, whatever else is installed."""

import pytest


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"
