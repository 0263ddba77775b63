from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from kaiwa.engines.db import Database
from tests.web.desk.world import World


@pytest.fixture
async def world(database: Database, tmp_path: Path) -> AsyncIterator[World]:
    async with World(database, tmp_path).serving() as served:
        yield served
