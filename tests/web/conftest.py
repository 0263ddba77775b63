"""The doors on both kinds of database."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from kaiwa.engines.db import Database
from tests.web.doors import Doors


@pytest.fixture
def doors(database: Database, tmp_path: Path) -> Doors:
    """The server without its worker: what a door did is still there to be counted."""
    return Doors(database, tmp_path, work=False)


@pytest.fixture
async def shop(database: Database, tmp_path: Path) -> AsyncIterator[Doors]:
    """The server at work."""
    made = Doors(database, tmp_path, work=True)
    async with made.running():
        yield made
